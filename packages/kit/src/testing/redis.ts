import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createLogger } from '../log.ts';
import { openRedis } from '../redis.ts';
import { testConfig } from './platform.ts';
import { freePorts } from './ports.ts';
import { waitFor } from './sign-up.ts';

const START_MS = 10_000;

/** A Redis server of the tests' own, on the loopback. */
export interface TestRedis {
  url: string;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  /** Starts it again, empty, at the same address. */
  start(): Promise<void>;
  /** Stops (`SIGSTOP`) or continues it: it keeps its connections and answers nothing. */
  freeze(isFrozen: boolean): void;
}

/**
 * Whether there is a `redis-server` to test with: no package of npm brings one. Where there is none, what needs it is
 * skipped, and that is said.
 */
export function hasRedis(): boolean {
  const isThere = spawnSync('redis-server', ['--version']).status === 0;
  if (!isThere) console.warn('SKIPPED: the tests with Redis, as there is no redis-server on the PATH');
  return isThere;
}

/** Starts a server; `kill` ends it. */
export async function startRedis(): Promise<TestRedis> {
  const [port] = await freePorts(1);
  const url = `redis://127.0.0.1:${port}`;
  const log = createLogger({ LOG_LEVEL: 'silent' }, 'test');
  let child: ChildProcess | null = null;

  const isUp = async () => {
    const redis = await openRedis(testConfig({ REDIS_URL: url }), log).catch(() => null);
    redis?.disconnect();
    return redis !== null;
  };
  const start = async () => {
    child = spawn('redis-server', ['--port', `${port}`, '--bind', '127.0.0.1', '--save', ''], {
      stdio: 'ignore',
    });
    await waitFor(isUp, START_MS, 'Redis');
  };
  await start();
  return {
    url,
    start,
    async kill() {
      const ending = child;
      child = null;
      if (ending === null) return;
      const ended = once(ending, 'exit');
      ending.kill('SIGKILL');
      await ended;
    },
    freeze: (isFrozen) => void child?.kill(isFrozen ? 'SIGSTOP' : 'SIGCONT'),
  };
}
