import { dayIn } from '../analytics/rules.ts';
import { addDays, instantOn } from '../people/days.ts';
import type { Moment } from './scheduler.ts';

/** When people are told what is due, in their own time. */
const NOTICE_TIME = '08:00';

/**
 * When to tell of a review: on the morning of its day, or, where that has passed, the next morning. Who adds or grades
 * a review in the afternoon knows of it.
 */
export function noticeFor(dueAt: Date, { now, timeZone }: Moment): Date {
  const today = dayIn(timeZone, now);
  const dueDay = dayIn(timeZone, dueAt);
  const isOverdue = dueDay < today;
  const onDay = instantOn(isOverdue ? today : dueDay, NOTICE_TIME, timeZone);
  return onDay > now ? onDay : instantOn(addDays(today, 1), NOTICE_TIME, timeZone);
}

export interface NoticePlan {
  isTold: boolean;
  /** Null when nothing is left to tell of. */
  noticeAt: Date | null;
  lastDay: string | null;
}

/**
 * Decides a notice whose time has come: told at most once a day, and only if something is due that day. While
 * something waits the next one is tomorrow, else on the day the next review is due.
 */
export function planNotice(
  { lastDay }: { lastDay: string | null },
  due: { count: number; next: Date | null },
  moment: Moment,
): NoticePlan {
  const { now, timeZone } = moment;
  const today = dayIn(timeZone, now);
  // The zone of the person may have changed since the time was set: it can be too early in the day now.
  const isMorning = now >= instantOn(today, NOTICE_TIME, timeZone);
  if (!isMorning) return { isTold: false, noticeAt: instantOn(today, NOTICE_TIME, timeZone), lastDay };
  const isTold = due.count > 0 && (lastDay === null || lastDay < today);
  const tomorrow = instantOn(addDays(today, 1), NOTICE_TIME, timeZone);
  const later = due.next === null ? null : noticeFor(due.next, moment);
  const noticeAt = due.count > 0 ? tomorrow : later;
  return { isTold, noticeAt, lastDay: isTold ? today : lastDay };
}
