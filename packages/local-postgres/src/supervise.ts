import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { clearLeftovers, stopServer } from './leftovers.ts';
import { isRunning } from './processes.ts';
import { type ServerOptions, startServer } from './server.ts';
import type { ServerAddress } from './settings.ts';

const MAX_RESTARTS = 5;
const WINDOW_MS = 60_000;

export interface Supervision {
  address: ServerAddress;
  server: ServerOptions;
  /** The server died more often than MAX_RESTARTS within WINDOW_MS, or does not start again. */
  onExit: (reason: string) => void;
}

/** Brings the server back, on the same address, whenever it ends without having been asked to. */
export function supervise(
  first: ChildProcess,
  { address, server, onExit }: Supervision,
): { stop(): Promise<void> } {
  const restartsAt: number[] = [];
  let child = first;
  let isStopping = false;
  let restarting: Promise<void> = Promise.resolve();

  const attend = (process: ChildProcess) => {
    child = process;
    process.unref();
    const { exitCode, signalCode } = process;
    if (exitCode !== null || signalCode !== null) onEnd(exitCode, signalCode);
    else process.once('exit', onEnd);
  };

  function onEnd(code: number | null, signal: NodeJS.Signals | null): void {
    if (!isStopping) restarting = restart(`the database server ended (${signal ?? `exit code ${code}`})`);
  }

  async function restart(reason: string): Promise<void> {
    let lastReason = reason;
    while (!isStopping) {
      while ((restartsAt[0] ?? Infinity) < Date.now() - WINDOW_MS) restartsAt.shift();
      if (restartsAt.length >= MAX_RESTARTS)
        return onExit(`${lastReason}, ${MAX_RESTARTS} restarts within a minute did not help`);
      server.log(`${lastReason}; starting it again`);
      await sleep(restartsAt.push(Date.now()) > 1 ? 200 : 0);
      try {
        await clearLeftovers(server.place, server.log);
        const started = await startServer(address, server);
        await started.session.end();
        return attend(started.child);
      } catch (error) {
        lastReason = (error as Error).message;
      }
    }
  }

  attend(first);
  return {
    async stop() {
      isStopping = true;
      await restarting;
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      if (isRunning(child.pid)) await stopServer(child.pid, server.place.binaries.pgCtl);
    },
  };
}
