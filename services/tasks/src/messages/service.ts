import type { tasksRoutes } from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';
import type { z } from 'zod';
import { dayIn } from '../analytics/rules.ts';
import type { Numbers } from '../analytics/service.ts';
import type { TasksDeps } from '../deps.ts';
import { setCompleted } from '../items/service.ts';
import { addDays, startOfDay } from '../people/days.ts';
import { momentOf } from '../people/moment.ts';
import { closeReminder, snoozeReminder } from '../reminders/service.ts';
import { findReminder } from '../reminders/store.ts';
import { type LinkAction, remindAgainAt } from './rules.ts';
import { countWeek } from './store.ts';

type WeekSummary = z.input<(typeof tasksRoutes.getWeekOf.responses)[200]>;

const DAYS = 7;

/** The numbers of the weekly review, in the person's own days. */
export async function getWeek(
  deps: TasksDeps,
  { getStreaks }: Numbers,
  userId: string,
): Promise<WeekSummary> {
  const { now, timeZone } = await momentOf(deps, userId);
  const today = dayIn(timeZone, now);
  const since = startOfDay(addDays(today, 1 - DAYS), timeZone);
  const until = startOfDay(addDays(today, DAYS + 1), timeZone);
  const untilDay = addDays(today, DAYS);
  const [counts, { active }] = await Promise.all([
    countWeek(deps.db, { userId, now, today, since, until, untilDay }),
    getStreaks(userId),
  ]);
  return { ...counts, streakDays: active };
}

interface Follow {
  userId: string;
  reminderId: string;
  action: LinkAction;
  scheduledAt: string;
}

/** Problems that mean that there is nothing left to act on. */
const STALE = new Set([
  'REMINDER_NOT_FOUND',
  'REMINDER_CLOSED',
  'TASK_COMPLETED',
  'TASK_NOT_FOUND',
  'PRECONDITION_FAILED',
]);

async function act(
  deps: TasksDeps,
  { userId, reminderId: id, action, scheduledAt }: Follow,
): Promise<boolean> {
  const reminder = await findReminder(deps.db, { userId, id });
  if (reminder === null || reminder.scheduledAt.toISOString() !== scheduledAt) return false;
  const { version: ifMatch, taskId } = reminder;
  const again = remindAgainAt(action, deps.now(), await deps.zones.of(userId));
  if (again !== null) {
    await snoozeReminder(deps, { userId, id, ifMatch }, { until: again.toISOString() });
    return true;
  }
  if (reminder.status === 'completed') return true;
  await closeReminder(deps, { userId, id, ifMatch }, 'completed');
  await setCompleted(deps, { userId, id: taskId, ifMatch: null }, true);
  return true;
}

/**
 * Acts on a reminder by a link in its message: done (which completes the task), or again later. The link is bound to
 * the time it was sent for, so that it does nothing once the reminder was moved.
 * @returns false when the link is stale
 */
export async function followReminder(deps: TasksDeps, follow: Follow): Promise<boolean> {
  try {
    return await act(deps, follow);
  } catch (error) {
    if (error instanceof Problem && STALE.has(error.code)) return false;
    throw error;
  }
}
