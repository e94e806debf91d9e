import type { CalendarItem, CalendarKind, MoveItemBody } from '@spacedly/contracts';
import { decodeCursor, encodeCursor, Problem } from '@spacedly/kit';
import { dayIn } from '../analytics/rules.ts';
import type { Target, TasksDeps } from '../deps.ts';
import { changeExam } from '../exams/service.ts';
import { changeTask, moveSeries } from '../items/service.ts';
import { changeReminder } from '../reminders/service.ts';
import { findReminder } from '../reminders/store.ts';
import { moveReview } from '../reviews/service.ts';
import { isBefore, movedTo, presentItem, windowOf } from './rules.ts';
import { expand } from './rules-expand.ts';
import { findItem, findRecurring, findWithin, type Place } from './store.ts';

function readCursor(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const [start, id] = decodeCursor(cursor, ['instant', 'uuid']) as [string, string];
  return { start, id };
}

/**
 * What is stored within a window and what recurring tasks will add to it, by time. Dates to come are worked out up to
 * a number; where that is reached the page ends early.
 * @throws Problem VALIDATION_FAILED
 */
export async function getCalendar(
  { db, zones, now }: TasksDeps,
  userId: string,
  query: { from: string; to: string; limit: number; cursor?: string | undefined },
) {
  const timeZone = await zones.of(userId);
  const window = windowOf(query, timeZone);
  const owner = { userId, timeZone };
  const [after, limit] = [readCursor(query.cursor), query.limit + 1];
  const [stored, recurring] = await Promise.all([
    findWithin(db, owner, window, { limit, after }),
    findRecurring(db, owner),
  ]);
  const coming = expand(recurring, window, { after, limit, clock: { now: now(), timeZone: () => timeZone } });
  const all = [...stored.map(presentItem), ...coming.items].sort((a, b) => (isBefore(a, b) ? -1 : 1));
  const end = coming.end;
  const known = end === null ? all : all.filter((item) => !isBefore(end, item));
  const items = known.slice(0, query.limit);
  const last = items.at(-1);
  const hasMore = known.length > query.limit || end !== null;
  return { items, nextCursor: hasMore && last ? encodeCursor([last.start, last.id]) : null };
}

type Move = (deps: TasksDeps, target: Target, body: MoveItemBody, timeZone: string) => Promise<unknown>;

/** Each kind moves by the rules of its own feature, with all that follows there. */
const moves: Record<CalendarKind, Move> = {
  task(deps, target, { start, day, scope }) {
    const due = start === undefined ? { dueDay: day } : { dueDate: start };
    return scope === 'series' ? moveSeries(deps, target, due) : changeTask(deps, target, due);
  },
  async reminder(deps, target, body, timeZone) {
    const reminder = await findReminder(deps.db, target);
    if (reminder === null) throw new Problem('REMINDER_NOT_FOUND');
    const scheduledAt = movedTo(body, reminder.scheduledAt, timeZone).toISOString();
    return changeReminder(deps, target, { scheduledAt });
  },
  review: (deps, target, body, timeZone) =>
    moveReview(deps, target, (current) => movedTo(body, current, timeZone)),
  exam: (deps, target, { start, day }, timeZone) =>
    changeExam(deps, target, { day: day ?? dayIn(timeZone, new Date(start as string)) }),
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
