import { setTimeout as delay } from 'node:timers/promises';
import { isDatabaseUnavailable } from '@spacedly/kit';

interface Waiting<T, R> {
  item: T;
  resolve(result: R): void;
  reject(error: unknown): void;
}

/**
 * Turns many single calls into few statements: what is asked for while a batch runs makes up the next one, so a
 * lone call waits for nobody and a flood costs a round trip per `maxItems`. A batch that fails is tried again item
 * by item, so that one bad item fails alone; not so when the database is away, which no smaller batch would mend.
 * @param run all or nothing, safe to repeat; its results are in the order of the items
 * @param lingerMs how long a batch that is not full waits for company
 */
export function batched<T, R>(
  run: (items: T[]) => Promise<R[]>,
  maxItems: number,
  lingerMs = 0,
): (item: T) => Promise<R> {
  const waiting: Waiting<T, R>[] = [];
  let isRunning = false;

  async function settle(batch: Waiting<T, R>[]): Promise<void> {
    try {
      const results = await run(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => {
        resolve(results[index] as R);
      });
    } catch (error) {
      if (batch.length === 1 || isDatabaseUnavailable(error)) {
        for (const { reject } of batch) reject(error);
      } else {
        for (const one of batch) await settle([one]);
      }
    }
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      if (lingerMs > 0 && waiting.length < maxItems) await delay(lingerMs);
      await settle(waiting.splice(0, maxItems));
    }
    isRunning = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (isRunning) return;
      isRunning = true;
      // Not at once: callers that come in the same turn of the event loop share the batch.
      setImmediate(() => void drain());
    });
}
