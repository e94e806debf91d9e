import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const hasProc = process.platform === 'linux' && existsSync('/proc/self/stat');

/** Whether the process exists and is not a zombie (a dead one whose parent has not collected it). */
export function isRunning(pid: number): boolean {
  const stat = procStat(pid);
  if (stat !== null) return stat[0] !== 'Z' && stat[0] !== 'X';
  if (hasProc) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * When the process started, in the kernel's clock ticks since boot, or null where that cannot be learnt.
 * Together with the pid it names one process even after the pid has been given to another.
 */
export function startedAt(pid: number): string | null {
  return procStat(pid)?.[19] ?? null;
}

/** The program and arguments of a process; empty when it is gone or its command line cannot be read. */
export function commandLine(pid: number): string[] {
  try {
    if (hasProc) return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
    if (process.platform === 'win32') return windowsCommandLine(pid);
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(' ');
  } catch {
    return [];
  }
}

/** The running processes whose joined command line satisfies `matches`. On Windows: none. */
export function findProcesses(matches: (command: string) => boolean): number[] {
  return listPids().filter(
    (pid) => pid !== process.pid && matches(commandLine(pid).join(' ')) && isRunning(pid),
  );
}

/** Sends a signal and ignores that the process may be gone. PostgreSQL on Windows takes signals through pg_ctl only. */
export function signal(pid: number, name: 'SIGINT' | 'SIGQUIT' | 'SIGKILL', pgCtl?: string): void {
  try {
    if (process.platform === 'win32' && pgCtl !== undefined && name !== 'SIGKILL') {
      execFileSync(pgCtl, ['kill', name.slice(3), String(pid)], { stdio: 'ignore' });
    } else process.kill(pid, name);
  } catch {
    // Gone already, which is what was wanted.
  }
}

/** Waits until none of the processes runs any more; false when `timeoutMs` passed before. */
export async function waitUntilGone(pids: number[], timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (pids.some(isRunning)) {
    if (Date.now() > deadline) return false;
    await sleep(10);
  }
  return true;
}

/** The fields of /proc/<pid>/stat from the third (state) on; the second is a name that may hold spaces and brackets. */
function procStat(pid: number): string[] | null {
  if (!hasProc) return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

function listPids(): number[] {
  if (hasProc) return readdirSync('/proc').map(Number).filter(Number.isInteger);
  if (process.platform === 'win32') return [];
  return execFileSync('ps', ['-axo', 'pid='], { encoding: 'utf8' }).split('\n').map(Number).filter(Boolean);
}

function windowsCommandLine(pid: number): string[] {
  const rows = execFileSync('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], { encoding: 'utf8' });
  return rows.includes('postgres.exe') ? ['postgres.exe'] : [];
}
