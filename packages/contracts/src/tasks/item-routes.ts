import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { flag, id, listOf, text } from '../fields.ts';
import { recurrence } from './recurrence.ts';
import * as s from './schemas.ts';

const taskParams = z.object({ taskId: id });

const MAX_BULK = 200;

const bulkIds = z
  .array(id)
  .min(1)
  .max(MAX_BULK)
  .refine((ids) => new Set(ids).size === ids.length, 'Name each task once');

export const bulkBody = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('patch'), ids: bulkIds, patch: s.updateTaskBody }),
  z.strictObject({ action: z.literal('complete'), ids: bulkIds }),
  z.strictObject({ action: z.literal('delete'), ids: bulkIds }),
]);
export type BulkBody = z.output<typeof bulkBody>;

export const moveTaskBody = z
  .strictObject({ before: id.optional(), after: id.optional() })
  .refine((value) => (value.before === undefined) !== (value.after === undefined), {
    message: 'Give either before or after',
    path: ['before'],
  });
export type MoveTaskBody = z.output<typeof moveTaskBody>;

export const quickBody = z.strictObject({ text: text({ min: 1, max: 500 }) });
export type QuickBody = z.output<typeof quickBody>;

export const quickPreview = z
  .object({
    title: z.string(),
    dueDate: z.string().nullable(),
    dueDay: z.string().nullable(),
    priority: s.priority,
    category: z.string().nullable(),
    labels: z.array(z.string()),
    estimateMinutes: z.int().nullable(),
    recurrence: recurrence.nullable(),
  })
  .meta({ id: 'QuickPreview' });
export type QuickPreview = z.infer<typeof quickPreview>;

const CHANGE_ERRORS = [
  'TASK_NOT_FOUND',
  'DUE_DATE_AND_DAY',
  'TASK_PARENT',
  'RECURRENCE_INVALID',
  'RECURRENCE_IMPOSSIBLE',
] as const;

/** What can be done with tasks besides the plain create, read, change and delete. */
export const itemRoutes = {
  replaceTask: defineRoute({
    method: 'PUT',
    path: '/v1/tasks/:taskId',
    summary: 'Replace a task; what is left out returns to its default, but the position stays',
    auth: 'required',
    params: taskParams,
    body: s.replaceTaskBody,
    responses: { 200: s.task },
    errors: [...CHANGE_ERRORS, 'TASK_FORBIDDEN'],
    conditional: true,
  }),
  moveTask: defineRoute({
    method: 'POST',
    path: '/v1/tasks/:taskId/move',
    summary: 'Put a task right before or after another one in the manual order',
    auth: 'required',
    params: taskParams,
    body: moveTaskBody,
    responses: { 200: s.task },
    errors: ['TASK_NOT_FOUND', 'TASK_FORBIDDEN', 'TASK_MOVE'],
    conditional: true,
  }),
  bulkTasks: defineRoute({
    method: 'POST',
    path: '/v1/tasks/bulk',
    summary: 'Change, complete or delete up to 200 tasks: all of them or none',
    auth: 'required',
    body: bulkBody,
    responses: { 200: listOf(s.task) },
    errors: CHANGE_ERRORS,
  }),
  quickTask: defineRoute({
    method: 'POST',
    path: '/v1/tasks/quick',
    summary: 'Create a task from one line of text',
    description:
      '`Revise graphs tomorrow 9am #Study @exam !high ~45m every week`: a date in my own time zone, #category, @label, !low|!medium|!high, ~estimate, and `every …` (`every! …` counts from completion). The same may be said in my own language where that is German, Spanish or Hindi: `morgen 9 Uhr !hoch jede Woche`. With `preview=1` nothing is created.',
    auth: 'required',
    body: quickBody,
    query: z.strictObject({ preview: flag.optional() }),
    responses: { 200: quickPreview, 201: s.task },
    errors: ['RECURRENCE_IMPOSSIBLE'],
    idempotent: true,
  }),
  restoreTask: defineRoute({
    method: 'POST',
    path: '/v1/tasks/:taskId/restore',
    summary: 'Take a task, and the subtasks deleted with it, out of the bin',
    auth: 'required',
    params: taskParams,
    responses: { 200: s.task },
    errors: ['TASK_NOT_FOUND', 'TASK_NOT_DELETED'],
    conditional: true,
  }),
  undoTask: defineRoute({
    method: 'POST',
    path: '/v1/tasks/:taskId/undo',
    summary: 'Take the last change of a task back, within 5 minutes',
    description:
      'A deletion and a completion are changes too. The version goes on, so that nobody mistakes the state for an older one.',
    auth: 'required',
    params: taskParams,
    responses: { 200: s.task },
    errors: ['TASK_NOT_FOUND', 'TASK_FORBIDDEN', 'TASK_NOTHING_TO_UNDO'],
    conditional: true,
  }),
} as const;
