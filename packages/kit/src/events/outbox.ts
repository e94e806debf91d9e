import { type EventData, type EventName, events } from '@spacedly/contracts';
import { sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import type { Db } from '../db/pool.ts';
import { newId } from '../ids.ts';
import { eventQueue } from './jobs.ts';

/**
 * The transactional outbox: an event becomes a job of each listener in the same transaction as the change it
 * tells of. Rolled back with it, committed with it; listeners are woken by the commit.
 */
export interface Outbox {
  publish<N extends EventName>(tx: Db, name: N, ...data: EventData<N>[]): Promise<void>;
  /** Adds jobs to a queue of one's own, with the same promise. */
  enqueue(tx: Db, queue: string, ...data: object[]): Promise<void>;
}

/** The outbox on the job queues; `now` stamps the events. */
export function createOutbox(boss: PgBoss, now: () => Date): Outbox {
  return {
    async enqueue(tx, queue, ...data) {
      const jobs = data.map((item) => ({ data: item }));
      await boss.insert(queue, jobs, { db: fromDrizzle(tx, sql) });
    },
    async publish(tx, name, ...data) {
      if (data.length === 0) return;
      const { version, listeners } = events[name];
      const occurredAt = now().toISOString();
      const jobs = data.map((item) => ({ data: { id: newId(), name, version, occurredAt, data: item } }));
      for (const listener of listeners) {
        await boss.insert(eventQueue(listener), jobs, { db: fromDrizzle(tx, sql) });
      }
    },
  };
}
