import type { ShareKind } from '@spacedly/kit';
import { shareSends, taskShares, tasks } from '../schema.ts';

/** How tasks are shared. */
export const TASK_SHARES: ShareKind = {
  what: 'task',
  shares: taskShares,
  thing: 'task_id',
  sends: shareSends,
  things: tasks,
  owner: 'user_id',
  tell: (tx, outbox, { id: taskId, ...told }) => outbox.publish(tx, 'task.shared', { taskId, ...told }),
};
