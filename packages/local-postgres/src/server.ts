import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, readSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { programEnvironment } from './cluster.ts';
import { databaseUrl, type Session, tryConnect } from './connect.ts';
import type { Place } from './place.ts';
import { type ServerAddress, serverArguments } from './settings.ts';

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;
/** How long a start is tried again while something of an earlier server is in the way, in milliseconds. */
const BLOCKED_MS = 15_000;
/** How long a server may take to recover after a crash before the start is given up, in milliseconds. */
const RECOVERY_MS = 10 * 60_000;

export interface ServerOptions {
  place: Place;
  password: string;
  durable: boolean;
  settings: Record<string, string>;
  log: (message: string) => void;
  /** Called as soon as the process exists, before it is ready. */
  onSpawn: (child: ChildProcess) => void;
}

/** The server ended before it was ready; `output` is what it logged meanwhile. */
class ServerFailed extends Error {
  readonly output: string;

  constructor(output: string) {
    super(`PostgreSQL did not start:\n${output.trim() || '(it said nothing)'}`);
    this.name = 'ServerFailed';
    this.output = output;
  }

  /** The remains of a killed server (its shared memory, its pid while it is a zombie) go away by themselves. */
  get isBlocked(): boolean {
    return /pre-existing shared memory block|lock file "[^"]*" already exists/.test(this.output);
  }

  get isPortTaken(): boolean {
    return /could not create any TCP\/IP sockets|could not bind/.test(this.output);
  }
}

/**
 * Starts PostgreSQL and waits until it answers, through a recovery if it crashed before. What blocks the start and
 * passes by itself is waited for.
 * @returns the process and a session on it.
 * @throws Error with PostgreSQL's own words when it does not start; PortTaken when another program has the port.
 */
export async function startServer(
  address: ServerAddress,
  options: ServerOptions,
): Promise<{ child: ChildProcess; session: Session }> {
  const deadline = Date.now() + BLOCKED_MS;
  for (let attempt = 0; ; attempt++) {
    try {
      return await startOnce(address, options);
    } catch (error) {
      if (!(error instanceof ServerFailed)) throw error;
      if (error.isPortTaken) throw new PortTaken(address.port, error);
      if (!error.isBlocked || Date.now() > deadline) throw error;
      if (attempt === 0) options.log('waiting for what a killed database server left behind to go away');
      await sleep(200);
    }
  }
}

export class PortTaken extends Error {
  constructor(port: number, cause: Error) {
    super(`Port ${port} on 127.0.0.1 is taken by another program.`, { cause });
    this.name = 'PortTaken';
  }
}

async function startOnce(
  address: ServerAddress,
  options: ServerOptions,
): Promise<{ child: ChildProcess; session: Session }> {
  const logFile = join(options.place.dataDir, 'postgres.log');
  const logStart = rotateLog(logFile);
  const child = spawnServer(address, options, logFile);
  options.onSpawn(child);
  let isGone = false;
  const gone = once(child, 'exit').then(
    () => {
      isGone = true;
    },
    () => {
      isGone = true;
    },
  );
  try {
    const session = await waitUntilReady(address, options, () => isGone);
    if (session !== null) return { child, session };
  } catch (error) {
    child.kill('SIGQUIT');
    await gone;
    throw error;
  }
  throw new ServerFailed(readFrom(logFile, logStart));
}

function spawnServer(address: ServerAddress, options: ServerOptions, logFile: string): ChildProcess {
  const { place, durable, settings } = options;
  const output = openSync(logFile, 'a', 0o600);
  const identity = place.user === null ? {} : { uid: place.user.uid, gid: place.user.gid };
  try {
    return spawn(place.binaries.postgres, serverArguments(place, address, durable, settings), {
      // Its own session: a Ctrl-C in the terminal must reach the application alone, which stops the database last.
      detached: true,
      stdio: ['ignore', output, output],
      cwd: place.binaries.root,
      env: programEnvironment(),
      windowsHide: true,
      ...identity,
    });
  } finally {
    closeSync(output);
  }
}

/** @returns null when the process ended meanwhile. */
async function waitUntilReady(
  address: ServerAddress,
  options: ServerOptions,
  isGone: () => boolean,
): Promise<Session | null> {
  const url = databaseUrl(address, options.password);
  const start = Date.now();
  let toldAfterMs = 5000;
  while (!isGone()) {
    const session = isReady(options.place) ? await tryConnect(url) : null;
    if (session !== null) return session;
    const elapsedMs = Date.now() - start;
    if (elapsedMs > RECOVERY_MS)
      throw new Error(`PostgreSQL is not ready after ${RECOVERY_MS / 60_000} minutes.`);
    if (elapsedMs > toldAfterMs) {
      options.log('the database is recovering from a crash');
      toldAfterMs *= 3;
    }
    await sleep(elapsedMs < 500 ? 5 : 25);
  }
  return null;
}

/** The eighth line of postmaster.pid; asking by connections instead would fill the log with refusals. */
function isReady(place: Place): boolean {
  try {
    return readFileSync(join(place.cluster, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/** Keeps the log and one predecessor bounded. @returns the size in bytes from which new lines begin. */
function rotateLog(file: string): number {
  if (!existsSync(file)) return 0;
  const { size } = statSync(file);
  if (size <= LOG_LIMIT_BYTES) return size;
  renameSync(file, `${file}.old`);
  return 0;
}

function readFrom(file: string, start: number): string {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(16_384);
    return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, buffer.length, start));
  } finally {
    closeSync(descriptor);
  }
}
