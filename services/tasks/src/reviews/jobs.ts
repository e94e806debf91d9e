import { type BackgroundWork, type Logger, Problem } from '@spacedly/kit';
import { dayIn } from '../analytics/rules.ts';
import type { TasksDeps } from '../deps.ts';
import { addDays, startOfDay } from '../people/days.ts';
import { planNotice } from './rules-notice.ts';
import { claimNotice, countDueBefore, findDueNotices, moveNotice } from './store-notice.ts';

/** Mornings come on the hour; a minute later is soon enough for a notice of the day. */
const POLL_MS = 60_000;
const BATCH = 100;

type NoticeDeps = Pick<TasksDeps, 'db' | 'outbox' | 'zones' | 'now'>;

/** Tells one person, if there is something to tell; the notice and its event commit together. */
async function giveNotice({ db, outbox, zones, now }: NoticeDeps, userId: string): Promise<void> {
  const timeZone = await zones.of(userId);
  await db.transaction(async (tx) => {
    const moment = { now: now(), timeZone };
    const notice = await claimNotice(tx, userId, moment.now);
    if (notice === null) return;
    const today = dayIn(timeZone, moment.now);
    const due = await countDueBefore(tx, userId, startOfDay(addDays(today, 1), timeZone));
    const plan = planNotice(notice, due, moment);
    if (plan.isTold) {
      await outbox.publish(tx, 'reviews.due', { userId, count: due.count, day: today });
    }
    await moveNotice(tx, userId, plan);
  });
}

/** @returns false when it has to be tried again */
async function tryNotice(deps: NoticeDeps, userId: string, log: Pick<Logger, 'warn'>): Promise<boolean> {
  try {
    await giveNotice(deps, userId);
    return true;
  } catch (error) {
    if (error instanceof Problem && error.code === 'USER_NOT_FOUND') {
      await moveNotice(deps.db, userId, { noticeAt: null, lastDay: null });
      return true;
    }
    log.warn({ err: error, userId }, 'a notice of due reviews could not be given; trying again');
    return false;
  }
}

/** Gives up to a hundred notices whose time has come. @returns whether more may be waiting */
export async function giveDueNotices(deps: NoticeDeps, log: Pick<Logger, 'warn'>): Promise<boolean> {
  const people = await findDueNotices(deps.db, deps.now(), BATCH);
  let given = 0;
  for (const { userId } of people) {
    if (await tryNotice(deps, userId, log)) given += 1;
  }
  return given === BATCH;
}

/** Once a minute, as long as the process lives. A failed notice waits for the next minute. */
export function reviewNoticer(deps: NoticeDeps, log: Logger): BackgroundWork {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;

  async function turn(): Promise<void> {
    try {
      while (!isStopped && (await giveDueNotices(deps, log)));
    } catch (error) {
      log.warn({ err: error }, 'notices of due reviews could not be read; trying again');
    }
  }

  return {
    async start() {
      running = turn();
      timer = setInterval(() => {
        running = running.then(turn);
      }, POLL_MS).unref();
    },
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
