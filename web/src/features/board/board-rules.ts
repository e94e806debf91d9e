import type { Task, TaskStatus } from '../../shared/api.ts';

/** What a task stands right after, or right before where it comes first. */
export type Beside = { after: string } | { before: string };

export const COLUMNS = ['todo', 'in-progress', 'completed'] as const satisfies readonly TaskStatus[];
export type Columns = Readonly<Record<TaskStatus, readonly Task[]>>;

export interface Place {
  column: TaskStatus;
  /** Among the other tasks of the column, from 0. */
  index: number;
}

/** Where a task stands; null when it is on no column. */
export function placeOf(columns: Columns, taskId: string): Place | null {
  for (const column of COLUMNS) {
    const index = columns[column].findIndex(({ id }) => id === taskId);
    if (index >= 0) return { column, index };
  }
  return null;
}

/** The columns with a task at another place. */
export function withMoved(columns: Columns, task: Task, { column, index }: Place): Columns {
  const others = (name: TaskStatus) => columns[name].filter(({ id }) => id !== task.id);
  const moved = Object.fromEntries(COLUMNS.map((name) => [name, others(name)])) as Record<TaskStatus, Task[]>;
  moved[column] = moved[column].toSpliced(index, 0, task);
  return moved;
}

/** Which task has to stand beside it for it to come to a place. */
export function neighbourAt(columns: Columns, task: Task, { column, index }: Place): Beside | null {
  const others = columns[column].filter(({ id }) => id !== task.id);
  const [before, after] = [others[index - 1], others[index]];
  if (before) return { after: before.id };
  return after ? { before: after.id } : null;
}
