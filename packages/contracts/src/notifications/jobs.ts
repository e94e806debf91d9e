import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { id, instantOut, listOf, page, text } from '../fields.ts';
import { timeline } from './timeline.ts';

export const jobState = z
  .enum(['created', 'retry', 'active', 'completed', 'cancelled', 'failed', 'dead'])
  .meta({ description: '`dead`: a dead letter, to be retried or discarded' });
export type JobState = z.infer<typeof jobState>;

export const job = z
  .object({
    id,
    queue: z.string(),
    state: jobState,
    type: z.string().nullable().meta({ description: 'Name of the event or channel of the delivery' }),
    subjectId: id.nullable().meta({ description: 'Id of the event or the delivery' }),
    reason: z.string().nullable().meta({ description: 'Why it failed' }),
    tries: z.int(),
    createdAt: instantOut,
    startAfter: instantOut,
    finishedAt: instantOut.nullable(),
  })
  .meta({ id: 'Job' });
export type JobView = z.infer<typeof job>;

const queue = text({ min: 1, max: 60 }).optional();
const params = z.object({ jobId: id });

export const listJobsQuery = z.strictObject({ ...page, state: jobState.optional(), queue });
export const retryJobsBody = z.strictObject({
  queue: queue.meta({ description: 'Only dead letters of this queue' }),
  type: text({ min: 1, max: 60 }).optional().meta({ description: 'Only of this event or channel' }),
});

const smsStatus = z
  .object({
    isStopped: z.boolean(),
    reason: z.string().nullable(),
    since: instantOut.nullable(),
    sentToday: z.int(),
    maxPerDay: z.int(),
  })
  .meta({ id: 'SmsStatus' });

const suppression = z
  .object({
    channel: z.string(),
    address: z.string(),
    reason: z.string(),
    provider: z.string(),
    at: instantOut,
  })
  .meta({ id: 'Suppression' });

/** Background work of the installation, for whoever looks after it. */
export const jobRoutes = {
  adminListJobs: defineRoute({
    method: 'GET',
    path: '/v1/admin/jobs',
    summary: 'Background jobs, latest first',
    auth: 'required',
    permission: 'jobs.read',
    query: listJobsQuery,
    responses: { 200: listOf(job) },
    errors: [],
  }),
  adminRetryJob: defineRoute({
    method: 'POST',
    path: '/v1/admin/jobs/:jobId/retry',
    summary: 'Run a dead letter again',
    auth: 'required',
    permission: 'jobs.retry',
    params,
    responses: { 204: null },
    errors: ['JOB_NOT_FOUND'],
  }),
  adminRetryJobs: defineRoute({
    method: 'POST',
    path: '/v1/admin/jobs/retry',
    summary: 'Run all dead letters again, or those of a queue or type',
    auth: 'required',
    permission: 'jobs.retry',
    body: retryJobsBody,
    responses: { 200: z.object({ retried: z.int() }) },
    errors: [],
  }),
  adminDiscardJob: defineRoute({
    method: 'DELETE',
    path: '/v1/admin/jobs/:jobId',
    summary: 'Discard a dead letter',
    auth: 'required',
    permission: 'jobs.retry',
    params,
    responses: { 204: null },
    errors: ['JOB_NOT_FOUND'],
  }),
  adminGetDelivery: defineRoute({
    method: 'GET',
    path: '/v1/admin/jobs/deliveries/:deliveryId',
    summary: 'What happened to a message, oldest first',
    auth: 'required',
    permission: 'jobs.read',
    params: z.object({ deliveryId: id }),
    responses: { 200: timeline },
    errors: ['DELIVERY_NOT_FOUND'],
  }),
  adminSmsStatus: defineRoute({
    method: 'GET',
    path: '/v1/admin/jobs/sms',
    summary: 'How many SMS left today, and whether they are stopped',
    auth: 'required',
    permission: 'jobs.read',
    responses: { 200: smsStatus },
    errors: [],
  }),
  adminLiftSmsStop: defineRoute({
    method: 'DELETE',
    path: '/v1/admin/jobs/sms/stop',
    summary: 'Let SMS leave again after the limit of a day stopped them',
    auth: 'required',
    permission: 'jobs.retry',
    responses: { 204: null },
    errors: [],
  }),
  adminListSuppressions: defineRoute({
    method: 'GET',
    path: '/v1/admin/jobs/suppressions',
    summary: 'Addresses that a provider refused for good',
    auth: 'required',
    permission: 'jobs.read',
    query: z.strictObject(page),
    responses: { 200: listOf(suppression) },
    errors: [],
  }),
  adminLiftSuppression: defineRoute({
    method: 'DELETE',
    path: '/v1/admin/jobs/suppressions/:channel/:address',
    summary: 'Send to an address again',
    auth: 'required',
    permission: 'jobs.retry',
    params: z.object({ channel: z.enum(['email', 'sms']), address: text({ min: 1, max: 254 }) }),
    responses: { 204: null },
    errors: ['SUPPRESSION_NOT_FOUND'],
  }),
} as const;
