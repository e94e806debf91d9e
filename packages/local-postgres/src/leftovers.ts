import { chownSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Place } from './place.ts';
import { commandLine, findProcesses, isRunning, signal, waitUntilGone } from './processes.ts';
import { clusterName } from './settings.ts';

const FAST_SHUTDOWN_MS = 10_000;
const IMMEDIATE_SHUTDOWN_MS = 7_000;

/**
 * Ends what an earlier application, killed together with its guard, left running on this cluster, so that a new server
 * can start. Call only while holding the folder's lock: then whatever runs here is nobody's.
 *
 * Stopping the old server rather than adopting it: the new one is our child (its end is seen at once), has this
 * start's settings, and there is one way to start instead of two. It costs some 50 ms after such a kill.
 * @throws Error when something cannot be stopped.
 */
export async function clearLeftovers(place: Place, log: (message: string) => void): Promise<void> {
  const pid = recordedPid(place);
  if (pid === null) {
    // Killed between creating the file and writing it; PostgreSQL refuses to start on an empty one.
    rmSync(pidFileOf(place), { force: true });
    return;
  }
  if (isRunning(pid) && isServerOf(place, pid)) {
    log(`stopping the database server that an earlier run left behind (process ${pid})`);
    await stopServer(pid, place.binaries.pgCtl);
    return;
  }
  await endLingeringBackends(place, log);
  disownPidFile(place, pid);
}

/**
 * Stops a server: a fast shutdown (sessions are ended, a checkpoint is written), after 10 s an immediate one, which
 * recovers at the next start.
 * @throws Error when the process is there even after that.
 */
export async function stopServer(pid: number, pgCtl: string): Promise<void> {
  signal(pid, 'SIGINT', pgCtl);
  if (await waitUntilGone([pid], FAST_SHUTDOWN_MS)) return;
  signal(pid, 'SIGQUIT', pgCtl);
  if (await waitUntilGone([pid], IMMEDIATE_SHUTDOWN_MS)) return;
  signal(pid, 'SIGKILL');
  if (!(await waitUntilGone([pid], 2000)))
    throw new Error(`The database server (process ${pid}) does not stop.`);
}

function pidFileOf(place: Place): string {
  return join(place.cluster, 'postmaster.pid');
}

/** The first line of postmaster.pid; PostgreSQL's single-user mode writes it negative. */
function recordedPid(place: Place): number | null {
  try {
    const [pid] = readFileSync(pidFileOf(place), 'utf8').split('\n');
    return Math.abs(Number.parseInt(pid ?? '', 10)) || null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** The command line, which anybody may read, names the program and the folder; /proc/<pid>/exe needs privileges. */
function isServerOf(place: Place, pid: number): boolean {
  const [program = '', ...args] = commandLine(pid);
  if (process.platform === 'win32') return program === 'postgres.exe';
  return basename(program) === 'postgres' && args.join(' ').includes(place.cluster);
}

/** Sessions outlive a killed postmaster until they notice, and keep its shared memory, which blocks a new one. */
async function endLingeringBackends(place: Place, log: (message: string) => void): Promise<void> {
  const title = `postgres: ${clusterName(place)}: `;
  const backends = findProcesses((command) => command.startsWith(title));
  if (backends.length === 0) return;
  log(`ending ${backends.length} processes of a database server that was killed`);
  for (const pid of backends) signal(pid, 'SIGQUIT');
  if (await waitUntilGone(backends, 2000)) return;
  for (const pid of backends) signal(pid, 'SIGKILL');
  await waitUntilGone(backends, 2000);
}

/**
 * PostgreSQL takes a postmaster.pid for stale when its pid is gone, but not when it is a zombie or was given to another
 * program (usual after the restart of a container). It also does when the pid is its parent's, so ours is put there.
 * Deleting the file was rejected: its last lines let PostgreSQL check for processes that still use the shared memory.
 */
function disownPidFile(place: Place, pid: number): void {
  if (pid === process.pid) return;
  const file = pidFileOf(place);
  const [, ...rest] = readFileSync(file, 'utf8').split('\n');
  writeFileSync(`${file}.new`, [process.pid, ...rest].join('\n'), { mode: 0o600 });
  if (place.user !== null) chownSync(`${file}.new`, place.user.uid, place.user.gid);
  renameSync(`${file}.new`, file);
}
