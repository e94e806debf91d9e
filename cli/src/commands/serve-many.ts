import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Config, Logger } from '@spacedly/kit';
import type { ServeOptions } from '../options.ts';
import { restartAfterMs } from '../rules-restart.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

interface Ready {
  address: string;
}

/** The address a process listens on, once it does. @throws its exit code, when it ends before */
function untilReady(worker: Worker): Promise<string> {
  return new Promise((resolve, reject) => {
    worker.once('message', ({ address }: Ready) => resolve(address));
    worker.once('exit', (code) => reject(code));
  });
}

/** Keeps `count` processes going that share one port: one that ends is replaced. */
function keepProcesses(count: number, databaseUrl: string, { METRICS_PORT }: Config, log: Logger) {
  const stopping = new AbortController();
  const running = new Map<number, Worker>();
  process.once('exit', () => {
    for (const worker of running.values()) worker.process.kill('SIGKILL');
  });
  const begin = (number: number, waitedMs: number): Promise<string> => {
    const startedAt = performance.now();
    const metricsPort = METRICS_PORT && { METRICS_PORT: String(METRICS_PORT + number - 1) };
    const worker = cluster.fork({ DATABASE_URL: databaseUrl, DATABASE_URL_FILE: '', ...metricsPort });
    running.set(number, worker);
    const ready = untilReady(worker);
    worker.once('exit', async (code, signal) => {
      running.delete(number);
      const wasReady = await ready.then(
        () => true,
        () => false,
      );
      // One of the first that cannot start ends the whole start instead.
      if (stopping.signal.aborted || (!wasReady && waitedMs === 0)) return;
      const waitMs = restartAfterMs(performance.now() - startedAt, waitedMs);
      log.error({ process: number, code, signal, waitMs }, 'a process ended; another one takes its place');
      await delay(waitMs, undefined, stopping).then(
        () => begin(number, waitMs).catch(() => {}),
        () => {},
      );
    });
    return ready;
  };
  const tell = (word: string) => {
    for (const worker of running.values()) if (worker.isConnected()) worker.send(word);
  };
  return {
    async start(): Promise<string> {
      // What keeps one from starting keeps all, and is told once.
      const address = await begin(1, 0);
      await Promise.all(Array.from({ length: count - 1 }, (_, index) => begin(index + 2, 0)));
      return address;
    },
    reload: async () => tell('reload'),
    async stop(): Promise<void> {
      stopping.abort();
      const ended = [...running.values()].map((worker) => once(worker, 'exit'));
      tell('stop');
      await Promise.all(ended);
    },
  };
}

/**
 * Runs the server as `options.processes` processes on one port. This one serves nothing: it has the database where that is
 * ours, and watches over the others.
 */
export async function startMany(options: ServeOptions & { processes: number }, say: (line: string) => void) {
  const kit = await import('@spacedly/kit');
  const { processes, port, host } = options;
  const config = kit.readConfig({ PORT: port, HOST: host });
  const log = kit.createLogger(config, 'spacedly');
  kit.exitOnFatalErrors(log);
  cluster.setupPrimary({ exec: MAIN, args: process.argv.slice(2) });
  const bring = async () => {
    const { openInstallation } = await import('../database.ts');
    const installation = await openInstallation(config, say);
    const kept = keepProcesses(processes, installation.url, config, log);
    const stop = async () => {
      await kept.stop();
      await installation.close();
    };
    try {
      return { address: await kept.start(), reload: kept.reload, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  };
  const starting = bring();
  kit.stopOnSignals(async () => (await starting).stop(), log);
  kit.reloadOnHangUp(async () => (await starting).reload(), log);
  kit.collectWhenIdle(log);
  return { address: (await starting).address, config };
}
