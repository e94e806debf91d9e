import { events } from '@spacedly/contracts';
import { PgBoss, type Queue } from 'pg-boss';
import type { Logger } from '../log.ts';
import { installClaims } from './claims.ts';

export const JOBS_SCHEMA = 'jobs';

/** One durable job per recipient and channel. */
export const DELIVERY_QUEUE = 'delivery';
/** Deletions of stored files: `{ keys }`. */
export const FILES_QUEUE = 'files';
/** One durable job per archive of a person's data; gathering a great deal of it takes its time. */
export const EXPORT_QUEUE = 'export';
/** Filters that make the searches of a person quick: `{ userId }`. */
export const SEARCH_QUEUE = 'search';

/** The queue on which a service hears events. */
export function eventQueue(listener: string): string {
  return `events.${listener}`;
}

/** Where jobs of a queue end that cannot be done. */
export function deadLetterQueue(queue: string): string {
  return `${queue}.dead`;
}

/** How long a job of each kind may take, in seconds; after that it is given to another worker. */
const EVENT_MAX_SECONDS = 60;
const SLOW_MAX_SECONDS = {
  [DELIVERY_QUEUE]: 300,
  [FILES_QUEUE]: 120,
  [EXPORT_QUEUE]: 3_600,
  [SEARCH_QUEUE]: 600,
};

const SETTINGS = {
  notify: true,
  // About half an hour of tries with exponential backoff and jitter, then the dead letter queue.
  retryLimit: 8,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 600,
  // What is done is kept for an admin to look at; longer than a day it would only slow the table down.
  deleteAfterSeconds: 86_400,
  // Whether a worker lives is told by its claims, which costs no write per job.
  heartbeatSeconds: null,
} as const;

function queuesToInstall() {
  const listeners = new Set(Object.values(events).flatMap((event) => event.listeners as readonly string[]));
  const own = [...listeners].map((listener) => [eventQueue(listener), EVENT_MAX_SECONDS] as const);
  return [...own, ...Object.entries(SLOW_MAX_SECONDS)].map(([name, expireInSeconds]) => ({
    name,
    settings: { ...SETTINGS, expireInSeconds, deadLetter: deadLetterQueue(name) },
  }));
}

interface Client {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** Creates the job tables and queues, and gives those of an older version the settings of this one. */
export async function installQueues(client: Client, log: Logger): Promise<void> {
  const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
  const boss = new PgBoss({ db, schema: JOBS_SCHEMA, migrate: true, supervise: false, schedule: false });
  boss.on('error', (error) => log.error({ err: error }, 'job queue error'));
  await boss.start();
  const existing = new Set((await boss.getQueues()).map(({ name }) => name));
  for (const { name, settings } of queuesToInstall()) {
    if (!existing.has(settings.deadLetter)) await boss.createQueue(settings.deadLetter);
    if (!existing.has(name)) await boss.createQueue(name, toNewQueue(settings));
    else await boss.updateQueue(name, settings);
  }
  await installClaims(client);
  await boss.stop({ graceful: false, close: false });
}

function toNewQueue({ heartbeatSeconds: _, ...settings }: ReturnType<typeof queuesToInstall>[0]['settings']) {
  return settings satisfies Omit<Queue, 'name'>;
}
