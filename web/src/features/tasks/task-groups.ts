import type { Task } from '../../shared/api.ts';
import { addDays, dayOf } from '../../shared/zone.ts';

export type DueGroup = 'late' | 'today' | 'tomorrow' | 'week' | 'later' | 'none';

const DAYS_AHEAD = 7;

/** Under which heading a task stands in a list by due date. */
export function groupOf(task: Pick<Task, 'dueDate' | 'dueDay'>, zone: string, now: Date): DueGroup {
  const day = task.dueDay ?? (task.dueDate && dayOf(task.dueDate, zone));
  if (!day) return 'none';
  const today = dayOf(now, zone);
  if (day < today || (task.dueDate && new Date(task.dueDate) < now)) return 'late';
  if (day === today) return 'today';
  if (day === addDays(today, 1)) return 'tomorrow';
  return day <= addDays(today, DAYS_AHEAD) ? 'week' : 'later';
}

export type ListEntry =
  | { kind: 'heading'; key: string; group: DueGroup }
  | { kind: 'task'; key: string; task: Task };

/** Tasks with a heading before each group; without `byDue` tasks alone. */
export function toEntries(tasks: readonly Task[], byDue: { zone: string; now: Date } | null): ListEntry[] {
  const entries: ListEntry[] = [];
  let current: DueGroup | null = null;
  for (const task of tasks) {
    if (byDue) {
      const group = groupOf(task, byDue.zone, byDue.now);
      if (group !== current) entries.push({ kind: 'heading', key: `group-${group}`, group });
      current = group;
    }
    entries.push({ kind: 'task', key: task.id, task });
  }
  return entries;
}
