import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, freePorts, TEST_SECRET } from '@spacedly/kit/testing';
import { CLI, type Running, run, stopAll, waitUntilReady } from './system.ts';

/** A process of the product with some of its services, which can be stopped and started again at its address. */
export interface Part {
  url: string;
  running: Running;
  start(): void;
}

/** Two of everything, as a company runs it: gateways, task services, and the other services. */
export interface Cluster {
  /** Where a balancer may listen; everything takes it for the address people use. */
  publicUrl: string;
  folder: string;
  gateways: [Part, Part];
  tasks: [Part, Part];
  others: [Part, Part];
  ready(...parts: Part[]): Promise<void>;
  stop(): Promise<void>;
}

/** Starts two gateways, two task services and two processes of auth, documents and notifications, on one database. */
export async function startCluster(settings: Record<string, string> = {}): Promise<Cluster> {
  const [database, folder, ports] = await Promise.all([
    createTestDatabase(),
    mkdtemp(join(tmpdir(), 'spacedly-cluster-')),
    freePorts(7),
  ]);
  const [publicUrl, ...urls] = ports.map((port) => `http://127.0.0.1:${port}`) as [string, ...string[]];
  let output = '';
  const write = (text: string) => {
    output += text;
  };
  const others = urls.slice(4).join();
  const part = (services: string, index: number): Part => {
    const url = urls[index] as string;
    const start = () =>
      run(
        CLI,
        ['serve', '--no-migrate', '--services', services],
        {
          HOST: '127.0.0.1',
          PORT: new URL(url).port,
          PUBLIC_URL: publicUrl,
          DATABASE_URL: database.url,
          DATA_DIR: folder,
          SPACEDLY_SECRET: TEST_SECRET,
          DB_POOL_MAX: '5',
          LOG_LEVEL: 'warn',
          RATE_LIMIT_DEFAULT: 'off',
          TRUSTED_PROXIES: '127.0.0.1',
          AUTH_URL: others,
          DOCUMENTS_URL: others,
          NOTIFICATIONS_URL: others,
          TASKS_URL: urls.slice(2, 4).join(),
          ...settings,
        },
        write,
      );
    const made = {
      url,
      running: start(),
      start: () => {
        made.running = start();
      },
    };
    return made;
  };
  const pair = (services: string, first: number): [Part, Part] => [
    part(services, first),
    part(services, first + 1),
  ];
  const cluster = {
    publicUrl,
    folder,
    gateways: pair('gateway', 0),
    tasks: pair('tasks', 2),
    others: pair('auth,documents,notifications', 4),
    ready: (...parts: Part[]) =>
      waitUntilReady(
        parts.map(({ url }) => url),
        parts.map(({ running }) => running),
        () => output,
      ),
    async stop() {
      const parts = [...cluster.gateways, ...cluster.tasks, ...cluster.others];
      await stopAll(parts.map(({ running }) => running));
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await cluster.ready(...cluster.gateways, ...cluster.tasks, ...cluster.others).catch(async (error) => {
    await cluster.stop();
    throw error;
  });
  return cluster;
}
