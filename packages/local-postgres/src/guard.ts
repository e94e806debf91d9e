import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Place } from './place.ts';
import { startedAt } from './processes.ts';

export interface Guard {
  /** From now on this server is stopped when the present process dies. */
  watch(server: ChildProcess): void;
  /** Ends the guard; call it when the server is stopped. */
  stop(): Promise<void>;
}

const SHELL = '/bin/sh';
const scriptNamed = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** What a guard runs, by program: the shell takes 1 MB, Node 47 for the same. */
export const guardCommands = {
  sh: [SHELL, scriptNamed('./guard.sh')],
  node: [process.execPath, '--max-old-space-size=16', '--max-semi-space-size=1', scriptNamed('./guard.mjs')],
} as const;

/** Node on Windows and in an image that has no shell. */
function guardCommand(): readonly string[] {
  return process.platform !== 'win32' && existsSync(SHELL) ? guardCommands.sh : guardCommands.node;
}

/** What the guard is told about the server that is running now. */
export function guardMessage(pid: number): string {
  return `${pid} ${startedAt(pid) ?? '-'}\n`;
}

/**
 * A small process that outlives this one to stop the database: it waits for the pipe between them to close, which the
 * kernel does even after SIGKILL. It is replaced when it dies itself.
 */
export function startGuard(place: Place): Guard {
  const [program = '', ...args] = guardCommand();
  let process: ChildProcess | undefined;
  let message = '';
  let isStopping = false;

  const launch = () => {
    process = spawn(program, [...args, place.binaries.pgCtl, place.dataDir], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      cwd: '/',
      env: { PATH: globalThis.process.env.PATH },
      windowsHide: true,
    });
    process.stdin?.on('error', () => {}).write(message);
    process.on('error', () => {});
    process.once('exit', () => !isStopping && launch());
    process.unref();
    (process.stdin as Writable & { unref?: () => void }).unref?.();
  };

  return {
    watch(server) {
      if (server.pid === undefined) return;
      message = guardMessage(server.pid);
      if (process === undefined) launch();
      else process.stdin?.write(message);
    },
    async stop() {
      isStopping = true;
      if (process === undefined || process.exitCode !== null || process.signalCode !== null) return;
      process.ref();
      const gone = once(process, 'exit');
      process.stdin?.end();
      await gone;
    },
  };
}
