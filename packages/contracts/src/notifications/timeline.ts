import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { id, instantOut } from '../fields.ts';

/** One thing that happened to a message on its way. */
export const timelineEntry = z
  .object({
    at: instantOut,
    step: z
      .enum([
        'created',
        'scheduled',
        'due',
        'queued',
        'held',
        'failed',
        'sent',
        'refused',
        'suppressed',
        'capped',
        'expired',
        'digested',
        'skipped',
        'dead',
        'completed',
      ])
      .meta({
        description:
          '`failed` is tried again; `dead` is not. `sent`: a provider took it; `skipped`: there is no way to the person on that channel, or none is wanted',
      }),
    channel: z.enum(['email', 'sms', 'push']).nullable(),
    address: z.string().nullable(),
    provider: z.string().nullable(),
    providerId: z.string().nullable(),
    error: z.string().nullable(),
    latencyMs: z.int().nullable(),
  })
  .meta({ id: 'TimelineEntry' });
export type TimelineEntry = z.infer<typeof timelineEntry>;

export const timeline = z.object({ items: z.array(timelineEntry), nextCursor: z.null() });

export const timelineRoutes = {
  getDeliveryTimeline: defineRoute({
    method: 'GET',
    path: '/internal/notifications/timeline/:userId/:reminderId',
    summary: 'What happened to the messages of a reminder, oldest first',
    auth: 'internal',
    params: z.object({ userId: id, reminderId: id }),
    responses: { 200: timeline },
    errors: [],
  }),
} as const;
