import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, freePorts, TEST_SECRET } from '@spacedly/kit/testing';
import { waitFor } from './wait.ts';

export type Mode = 'single' | 'split';

/** The product running as its users run it, on a database of its own. */
export interface System {
  url: string;
  mode: Mode;
  /** Addresses of the services themselves; in one process all are the same. */
  services: Readonly<Record<'auth' | 'tasks' | 'documents' | 'notifications', string>>;
  databaseUrl: string;
  /** Everything the processes have written so far. */
  log(): string;
  stop(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const CLI = join(ROOT, 'cli/src/main.ts');
const START_MS = 60_000;
const STOP_MS = 30_000;

/** A process of the product. */
export interface Running {
  child: ChildProcess;
  ended: Promise<void>;
}

/** Variables of the tests themselves are no settings of the product. */
function cleanEnvironment(): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(SPACEDLY_|VITEST|NODE_OPTIONS$)/.test(name),
  );
  return Object.fromEntries(kept);
}

/** Starts a program of the product with these settings and no others. */
export function run(
  file: string,
  args: string[],
  settings: Record<string, string>,
  write: (text: string) => void,
): Running {
  const child = spawn(process.execPath, [file, ...args], {
    // Away from the repository, whose .env belongs to the developer.
    cwd: settings.DATA_DIR,
    env: { ...cleanEnvironment(), ...settings },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', write);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return { child, ended };
}

/** Asks processes to stop, and after a while makes them. */
export async function stopAll(processes: Running[]): Promise<void> {
  for (const { child } of processes) child.kill('SIGTERM');
  const hard = setTimeout(() => {
    for (const { child } of processes) child.kill('SIGKILL');
  }, STOP_MS);
  await Promise.all(processes.map(({ ended }) => ended));
  clearTimeout(hard);
}

/** @throws Error with what they wrote when one ends before it is ready */
export async function waitUntilReady(urls: string[], processes: Running[], log: () => string): Promise<void> {
  const isReady = async (url: string) => {
    const dead = processes.find(({ child }) => child.exitCode !== null || child.signalCode !== null);
    if (dead !== undefined) throw new Error(`a process ended while starting:\n${log()}`);
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    await answer?.body?.cancel();
    return answer?.ok === true;
  };
  await Promise.all(urls.map((url) => waitFor(() => isReady(url), START_MS, `${url} to be ready`)));
}

/** Starts the real processes and waits until they are ready: one with everything, or the gateway and each service alone. */
export async function startSystem(mode: Mode, settings: Record<string, string> = {}): Promise<System> {
  const [database, dataDir, ports] = await Promise.all([
    createTestDatabase(),
    mkdtemp(join(tmpdir(), 'spacedly-system-')),
    freePorts(5),
  ]);
  const [front, auth, tasks, documents, notifications] = ports.map((port) => `http://127.0.0.1:${port}`) as [
    string,
    string,
    string,
    string,
    string,
  ];
  let output = '';
  const write = (text: string) => {
    output += text;
  };
  const common = (url: string) => ({
    HOST: '127.0.0.1',
    PORT: new URL(url).port,
    PUBLIC_URL: front,
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    SPACEDLY_SECRET: TEST_SECRET,
    DB_POOL_MAX: '10',
    DB_ACQUIRE_TIMEOUT_MS: '15000',
    LOG_LEVEL: 'info',
    // All tests come from one address, faster than any person; those of the limits set their own.
    RATE_LIMIT_DEFAULT: 'off',
    RATE_LIMIT_UPLOAD: 'off',
    ...settings,
  });
  const urls = {
    AUTH_URL: auth,
    TASKS_URL: tasks,
    DOCUMENTS_URL: documents,
    NOTIFICATIONS_URL: notifications,
  };
  const alone = (name: string, url: string) =>
    run(join(ROOT, `services/${name}/src/main.ts`), [], { ...common(url), ...urls }, write);
  const processes =
    mode === 'single'
      ? [run(CLI, ['serve', '--no-migrate'], common(front), write)]
      : [
          alone('auth', auth),
          alone('tasks', tasks),
          alone('documents', documents),
          alone('notifications', notifications),
          run(CLI, ['serve', '--services', 'gateway', '--no-migrate'], { ...common(front), ...urls }, write),
        ];
  const stop = async () => {
    await stopAll(processes);
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  const all = mode === 'single' ? [front] : [front, auth, tasks, documents, notifications];
  await waitUntilReady(all, processes, () => output).catch(async (error) => {
    await stop();
    throw error;
  });
  return {
    url: front,
    mode,
    services:
      mode === 'single'
        ? { auth: front, tasks: front, documents: front, notifications: front }
        : { auth, tasks, documents, notifications },
    databaseUrl: database.url,
    log: () => output,
    stop,
  };
}
