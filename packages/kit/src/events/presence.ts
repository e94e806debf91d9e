import type pg from 'pg';
import type { PgBoss } from 'pg-boss';
import type { Logger } from '../log.ts';
import * as claims from './claims.ts';
import type { Signals } from './signals.ts';
import type { Transaction } from './transaction.ts';

/** How often to look for processes that are gone. */
const LOOK_MS = 1_000;
/** A process whose connection broke is back within this time; only after it does it count as gone. */
const GONE_MS = 3_000;

export interface PresenceDeps {
  pool: pg.Pool;
  log: Logger;
  signals: Pick<Signals, 'holdLock'>;
  boss: PgBoss;
  transaction: Transaction;
  wake(queue: string): void;
}

/** Shows that this process lives, and puts back the jobs of those that do not. */
export function createPresence({ pool, log, signals, boss, transaction, wake }: PresenceDeps) {
  let number: Promise<number> | null = null;
  let own: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  /** When each worker was first seen to be gone. */
  let goneSince = new Map<number, number>();

  async function takeBack(worker: number): Promise<void> {
    const taken = await transaction(async (tx) => {
      const result = await claims.takeBackFrom(tx, worker);
      const db = { executeSql: (text: string, values?: unknown[]) => tx.query(text, values) };
      const reason = { message: 'the process that ran it died, each time' };
      for (const { name, id } of result?.exhausted ?? []) await boss.fail(name, id, reason, { db });
      return result;
    });
    if (taken === null || taken.queues.length === 0) return;
    log.warn({ worker, queues: taken.queues }, 'a process is gone; its jobs run again');
    for (const queue of taken.queues) wake(queue);
  }

  async function look(): Promise<void> {
    const now = performance.now();
    const gone = (await claims.findGone(pool)).filter((worker) => worker !== own);
    goneSince = new Map(gone.map((worker) => [worker, goneSince.get(worker) ?? now]));
    for (const [worker, since] of goneSince) if (now - since >= GONE_MS) await takeBack(worker);
  }

  async function begin(): Promise<number> {
    const mine = await claims.nextWorkerNumber(pool);
    own = mine;
    await signals.holdLock(claims.PRESENCE_LOCK, mine);
    timer = setInterval(() => {
      looking ??= look()
        .catch((error) => {
          // Nobody is gone as long as the database cannot tell.
          goneSince.clear();
          log.debug({ err: error }, 'could not look for processes that are gone');
        })
        .finally(() => {
          looking = null;
        });
    }, LOOK_MS).unref();
    return mine;
  }

  return {
    /** Called before the first job is fetched. @returns the number of this process among all workers */
    begin: () => {
      number ??= begin();
      return number;
    },
    /** @param isOver false when jobs are still running, which others then take back */
    async end(isOver: boolean) {
      clearInterval(timer);
      await looking;
      if (number === null || !isOver) return;
      await claims
        .forgetClaims(pool, await number)
        .catch((error) => log.debug({ err: error }, 'claims remain'));
    },
  };
}
