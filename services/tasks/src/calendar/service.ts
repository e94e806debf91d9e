import type { CalendarItem, CalendarKind, MoveItemBody } from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';
import { dayIn } from '../analytics/rules.ts';
import type { Target, TasksDeps } from '../deps.ts';
import { moveExam } from '../exams/service.ts';
import { changeTask } from '../items/service.ts';
import { changeReminder } from '../reminders/service.ts';
import { findReminder } from '../reminders/store.ts';
import { moveReview } from '../reviews/service.ts';
import { movedTo, presentItem, windowOf } from './rules.ts';
import { findItem, listCalendar } from './store.ts';

/** @throws Problem VALIDATION_FAILED */
export async function getCalendar(
  { db, zones }: TasksDeps,
  userId: string,
  query: { from: string; to: string; limit: number; cursor?: string | undefined },
) {
  const timeZone = await zones.of(userId);
  const window = windowOf(query, timeZone);
  const { items, nextCursor } = await listCalendar(db, { userId, timeZone }, window, query);
  return { items: items.map(presentItem), nextCursor };
}

type Move = (deps: TasksDeps, target: Target, body: MoveItemBody, timeZone: string) => Promise<unknown>;

/** Each kind moves by the rules of its own feature, with all that follows there. */
const moves: Record<CalendarKind, Move> = {
  task: (deps, target, { start, day }) =>
    changeTask(deps, target, start === undefined ? { dueDay: day } : { dueDate: start }),
  async reminder(deps, target, body, timeZone) {
    const reminder = await findReminder(deps.db, target);
    if (reminder === null) throw new Problem('REMINDER_NOT_FOUND');
    const scheduledAt = movedTo(body, reminder.scheduledAt, timeZone).toISOString();
    return changeReminder(deps, target, { scheduledAt });
  },
  review: (deps, target, body, timeZone) =>
    moveReview(deps, target, (current) => movedTo(body, current, timeZone)),
  exam: (deps, target, { start, day }, timeZone) =>
    moveExam(deps, target, day ?? dayIn(timeZone, new Date(start as string))),
};

/**
 * Moves one item to another instant or day.
 * @throws Problem of the feature the item belongs to
 */
export async function moveItem(
  deps: TasksDeps,
  kind: CalendarKind,
  target: Target,
  body: MoveItemBody,
): Promise<CalendarItem> {
  const { userId, id } = target;
  const timeZone = await deps.zones.of(userId);
  await moves[kind](deps, target, body, timeZone);
  const item = await findItem(deps.db, { userId, timeZone }, { kind, id });
  // Gone between the two statements, or a suspended review, which is on no calendar.
  if (item === null) throw new Problem(`${kind.toUpperCase() as Uppercase<CalendarKind>}_NOT_FOUND`);
  return presentItem(item);
}
