import type { ShareAccess, Task } from '@spacedly/contracts';
import { type Db, Problem } from '@spacedly/kit';
import type { TaskKey } from '../items/store.ts';
import { findShared, type Shared } from './store.ts';

const LEVELS: readonly (ShareAccess | 'owner')[] = ['read', 'comment', 'write', 'owner'];

type Find = (db: Db, key: TaskKey) => Promise<Shared | null>;

/** Runs something under the id of whose task it is. */
type Run<T> = (key: TaskKey, shared: Shared | null) => Promise<T>;

const isNotFound = (error: unknown) =>
  error instanceof Problem && (error.code === 'TASK_NOT_FOUND' || error.code === 'ATTACHMENT_NOT_FOUND');

/**
 * Does something with a task in its owner's name. One's own costs no question more than without sharing: only where
 * nothing of one's own is found it is looked for among what is shared.
 * @throws Problem TASK_FORBIDDEN with too little access, and what `run` throws
 */
export async function inOwnersName<T>(
  db: Db,
  key: TaskKey,
  needed: ShareAccess | 'owner',
  run: Run<T>,
  find: Find = findShared,
): Promise<T> {
  try {
    return await run(key, null);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const shared = await find(db, key);
    if (shared === null) throw error;
    if (LEVELS.indexOf(shared.access) < LEVELS.indexOf(needed)) throw new Problem('TASK_FORBIDDEN');
    return run({ userId: shared.ownerId, id: key.id }, shared);
  }
}

/** The same for what answers with the task. */
export async function taskInOwnersName(
  db: Db,
  key: TaskKey,
  needed: ShareAccess | 'owner',
  run: Run<Task>,
): Promise<Task> {
  return inOwnersName(db, key, needed, async (ownersKey, shared) => {
    const task = await run(ownersKey, shared);
    return shared === null ? task : presentShared(task, shared);
  });
}

/** A task as those see it with whom it is shared: its reminders are its owner's business. */
const presentShared = (task: Task, { ownerId, access }: Shared): Task => ({
  ...task,
  reminders: [],
  ownerId,
  access,
});

/**
 * Another task that somebody names in a change of one that is shared with them must be shared with them too: they must not
 * find out what else there is.
 * @throws Problem TASK_NOT_FOUND
 */
export async function assertSharedToo(
  db: Db,
  userId: string,
  shared: Shared | null,
  otherId: string | null | undefined,
): Promise<void> {
  if (shared === null || otherId == null) return;
  const other = await findShared(db, { userId, id: otherId });
  if (other?.ownerId === shared.ownerId) return;
  throw new Problem('TASK_NOT_FOUND', { detail: 'The other task does not exist' });
}
