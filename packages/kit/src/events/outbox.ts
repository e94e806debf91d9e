import { type EventData, type EventName, events } from '@spacedly/contracts';
import type { Db } from '../db/pool.ts';
import { newId } from '../ids.ts';
import type { Jobs } from './jobs.ts';
import { eventQueue } from './queues.ts';

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
export function createOutbox(jobs: Pick<Jobs, 'enqueue'>, now: () => Date): Outbox {
  return {
    enqueue: (tx, queue, ...data) => jobs.enqueue(tx, queue, data),
    async publish(tx, name, ...data) {
      if (data.length === 0) return;
      const { version, listeners } = events[name];
      const occurredAt = now().toISOString();
      const envelopes = data.map((item) => ({ id: newId(), name, version, occurredAt, data: item }));
      for (const listener of listeners) await jobs.enqueue(tx, eventQueue(listener), envelopes);
    },
  };
}
