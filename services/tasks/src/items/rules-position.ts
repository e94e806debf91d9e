import { Problem } from '@spacedly/kit';

/**
 * Room left between tasks created a millisecond apart, so that one moved between them needs no other row changed: ten
 * times into the same gap, then the order is numbered anew. Milliseconds × 1,024 stay exact in JavaScript until 2248.
 */
export const POSITION_STEP = 1_024;

/** Where a new task goes: to the end. No other row has to be looked at for it. */
export function positionAt(createdAt: Date): number {
  return createdAt.getTime() * POSITION_STEP;
}

/**
 * The place between two neighbours, either of which may be missing; null when no whole number lies between them.
 */
export function positionBetween(before: number | null, after: number | null): number | null {
  if (before === null && after === null) return 0;
  if (before === null || after === null) {
    const end = before === null ? (after as number) - POSITION_STEP : before + POSITION_STEP;
    return Number.isSafeInteger(end) ? end : null;
  }
  const middle = before + Math.floor((after - before) / 2);
  return middle > before && middle < after ? middle : null;
}

/** @throws Problem TASK_MOVE: next to itself a task cannot be put */
export function assertMove(id: string, anchorId: string): void {
  if (id === anchorId) throw new Problem('TASK_MOVE', { detail: 'Name another task' });
}
