import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { relation, relationQuery, shareRoutes } from '../documents/shares.ts';
import { id } from '../fields.ts';

const taskId = z.object({ taskId: id });
const ofTasks = shareRoutes('task', {
  path: '/v1/tasks/:taskId/shares',
  params: taskId,
  one: taskId.extend({ shareId: id }),
  errors: ['TASK_NOT_FOUND', 'TASK_FORBIDDEN'],
});

export const taskShareRoutes = {
  createTaskShare: ofTasks.create,
  listTaskShares: ofTasks.list,
  updateTaskShare: ofTasks.update,
  deleteTaskShare: ofTasks.remove,
  findTaskRelation: defineRoute({
    method: 'GET',
    path: '/internal/tasks/relation',
    summary: 'Whether two people share a task',
    auth: 'internal',
    query: relationQuery,
    responses: { 200: relation },
    errors: [],
  }),
} as const;
