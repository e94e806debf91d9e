import type { MoveTaskBody, Task } from '@spacedly/contracts';
import { type Db, Problem } from '@spacedly/kit';
import type { Target, TasksDeps } from '../deps.ts';
import { assertMove, positionBetween } from './rules-position.ts';
import { presentCurrent } from './service.ts';
import { assertVersion } from './service-change.ts';
import { lockOrder, lockTasks, updateTask } from './store.ts';
import { deleteChangesOf, recordBefore } from './store-history.ts';
import { findNeighbour, renumber } from './store-position.ts';

interface Move {
  anchorId: string;
  side: 'before' | 'after';
}

async function loadBoth(tx: Db, { userId, id, ifMatch }: Target, anchorId: string) {
  const rows = await lockTasks(tx, userId, [id, anchorId]);
  const [moved, anchor] = [id, anchorId].map((wanted) => rows.find((row) => row.id === wanted));
  if (moved === undefined) throw new Problem('TASK_NOT_FOUND');
  if (anchor === undefined) throw new Problem('TASK_NOT_FOUND', { detail: 'The other task does not exist' });
  assertVersion(moved, ifMatch);
  return anchor;
}

/** The place on one side of another task; null when nothing fits between it and its neighbour. */
async function placeAt(tx: Db, target: Target, { anchorId, side }: Move): Promise<number | null> {
  const anchor = await loadBoth(tx, target, anchorId);
  const neighbour = await findNeighbour(tx, anchor, { side, moved: target.id });
  return side === 'before'
    ? positionBetween(neighbour, anchor.position)
    : positionBetween(anchor.position, neighbour);
}

/**
 * Puts a task right before or after another one of the same person. One row changes, but where a gap is used up: then
 * all positions are numbered anew, and what could be undone no longer can, as it names old ones.
 * @throws Problem TASK_NOT_FOUND, TASK_MOVE, PRECONDITION_FAILED
 */
export async function moveTask({ db, now }: TasksDeps, target: Target, body: MoveTaskBody): Promise<Task> {
  const { userId, id } = target;
  const anchorId = (body.before ?? body.after) as string;
  assertMove(id, anchorId);
  const move: Move = { anchorId, side: body.before === undefined ? 'after' : 'before' };
  return db.transaction(async (tx) => {
    await lockOrder(tx, userId);
    const at = now();
    let position = await placeAt(tx, target, move);
    if (position === null) {
      await renumber(tx, userId, at);
      await deleteChangesOf(tx, userId);
      position = await placeAt(tx, target, move);
    }
    if (position === null) throw new Problem('TASK_MOVE');
    await recordBefore(tx, target, { at, withSubtasks: false });
    await updateTask(tx, target, { position, updatedAt: at });
    return presentCurrent(tx, target);
  });
}
