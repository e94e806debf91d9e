import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const READY_MS = 60_000;
/** Jiffies a second; the same on every Linux for programs. */
const TICKS = 100;

export interface Contender {
  name: string;
  url: string;
  pid: number;
  /** Where it runs. */
  folder: string;
  /** Once it has ended. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

interface Start {
  name: string;
  /** Node where nothing is said. */
  command?: string;
  args: readonly string[];
  env: Record<string, string>;
  port: number;
  /** Answers 200 once it is ready. */
  readyPath: string;
  cwd: string;
  /** How long it may take; a minute where nothing is said. */
  patienceMs?: number;
}

interface Awaited {
  url: string;
  child: ChildProcess;
  patienceMs: number;
  said: () => string;
}

async function untilReady({ url, child, patienceMs, said }: Awaited): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) break;
    const answer = await fetch(url).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.ok === true) return;
    await delay(20);
  }
  throw new Error(`${url} is not ready:\n${said()}`);
}

/** Starts a process that listens on a port and waits until it is ready. */
export async function startContender(start: Start): Promise<Contender> {
  const { name, command = process.execPath, args, env, port, readyPath, cwd, patienceMs = READY_MS } = start;
  // Its log goes to a file, as a supervisor would have it, so that reading it costs the bench nothing.
  const logFile = join(cwd, `${port}.log`);
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(hard);
  };
  const said = () => readFileSync(logFile, 'utf8').slice(-4_000);
  await untilReady({ url: url + readyPath, child, patienceMs, said }).catch(async (error) => {
    await stop();
    throw error;
  });
  return { name, url, pid: child.pid as number, folder: cwd, ended, stop };
}

interface Stat {
  parent: number;
  /** Seconds of processor the process used itself, and those of its children that ended. */
  own: number;
  ended: number;
}

function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11, 15);
    return { parent, own: (utime + stime) / TICKS, ended: (cutime + cstime) / TICKS };
  } catch {
    return null;
  }
}

/** A process and everything below it; nothing where there is no /proc. */
function familyOf(pid: number): Map<number, Stat> {
  const stats = new Map<number, Stat>();
  try {
    for (const name of readdirSync('/proc')) {
      const stat = /^\d+$/.test(name) ? statOf(Number(name)) : null;
      if (stat !== null) stats.set(Number(name), stat);
    }
  } catch {
    return stats;
  }
  const isBelow = (id: number): boolean => {
    const stat = stats.get(id);
    return id === pid || (stat !== undefined && isBelow(stat.parent));
  };
  return new Map([...stats].filter(([id]) => isBelow(id)));
}

/** Seconds of processor used so far by a process and everything below it. */
export function cpuSeconds(pid: number): number {
  let sum = 0;
  for (const { own, ended } of familyOf(pid).values()) sum += own + ended;
  return sum;
}

function residentMegabytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
  } catch {
    return 0; // It has ended meanwhile.
  }
}

/** Resident memory of a process and everything below it in MB; what they share counts for each. */
export function rssMegabytes(pid: number): number {
  let sum = 0;
  for (const id of familyOf(pid).keys()) sum += residentMegabytes(id);
  return sum;
}

/** The processes below one that run Node, with their resident memory in MB, the largest first. */
export function nodesBelow(pid: number): { pid: number; rss: number }[] {
  const isNode = (id: number) => {
    try {
      return basename(readlinkSync(`/proc/${id}/exe`)) === 'node';
    } catch {
      return false;
    }
  };
  return [...familyOf(pid).keys()]
    .filter((id) => id !== pid && isNode(id))
    .map((id) => ({ pid: id, rss: residentMegabytes(id) }))
    .sort((a, b) => b.rss - a.rss);
}
