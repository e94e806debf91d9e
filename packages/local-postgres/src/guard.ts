import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
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

/**
 * A small process that outlives this one to stop the database: it waits for the pipe between them to close, which the
 * kernel does even after SIGKILL. It is replaced when it dies itself.
 */
export function startGuard(place: Place): Guard {
  let process: ChildProcess | undefined;
  let message = '';
  let isStopping = false;

  const launch = () => {
    const script = fileURLToPath(new URL('./guard.mjs', import.meta.url));
    process = spawn(
      globalThis.process.execPath,
      ['--max-old-space-size=16', '--max-semi-space-size=1', script, place.binaries.pgCtl, place.dataDir],
      {
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore'],
        cwd: '/',
        env: {},
        windowsHide: true,
      },
    );
    process.stdin?.on('error', () => {}).write(message);
    process.on('error', () => {});
    process.once('exit', () => !isStopping && launch());
    process.unref();
    (process.stdin as Writable & { unref?: () => void }).unref?.();
  };

  return {
    watch(server) {
      if (server.pid === undefined) return;
      message = `${JSON.stringify({ pid: server.pid, startedAt: startedAt(server.pid) })}\n`;
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
