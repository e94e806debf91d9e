import type { Task } from '../../shared/api.ts';
import { addDays, dayOf, wallToInstant } from '../../shared/zone.ts';

export type QuickChoice = 'minute' | 'hour' | 'tomorrow' | 'beforeDue' | 'custom';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function beforeDue(dueDate: string | null): number | null {
  return dueDate === null ? null : new Date(dueDate).getTime() - HOUR;
}

/** The choices that make sense now: "1 hour before due" only while that is still to come. */
export function quickChoices(task: Pick<Task, 'dueDate'>, now: Date): QuickChoice[] {
  const before = beforeDue(task.dueDate);
  const fits = before !== null && before > now.getTime();
  return ['minute', 'hour', 'tomorrow', ...(fits ? (['beforeDue'] as const) : []), 'custom'];
}

/** The instant a choice stands for; null for `custom` without a time. */
export function quickInstant(
  choice: QuickChoice,
  context: { task: Pick<Task, 'dueDate'>; now: Date; zone: string; customWall: string | null },
): string | null {
  const { task, now, zone, customWall } = context;
  if (choice === 'minute') return new Date(now.getTime() + MINUTE).toISOString();
  if (choice === 'hour') return new Date(now.getTime() + HOUR).toISOString();
  if (choice === 'tomorrow') return wallToInstant(`${addDays(dayOf(now, zone), 1)} 09:00:00`, zone);
  if (choice === 'beforeDue') {
    const before = beforeDue(task.dueDate);
    return before === null ? null : new Date(before).toISOString();
  }
  return customWall && wallToInstant(customWall, zone);
}
