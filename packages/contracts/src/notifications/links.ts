import { z } from 'zod';
import { defineRoute } from '../contract.ts';

const query = z.strictObject({ token: z.string().min(1).max(4_000) });
const page = { auth: 'none', query, responses: { 200: 'stream', 410: 'stream' }, errors: [] } as const;

/** Pages that links in messages lead to. Opening one changes nothing, as mail programs open links by themselves. */
export const linkRoutes = {
  showReminderLink: defineRoute({
    method: 'GET',
    path: '/v1/notifications/links/reminder',
    summary: 'A page that asks whether to act on a reminder',
    ...page,
  }),
  followReminderLink: defineRoute({
    method: 'POST',
    path: '/v1/notifications/links/reminder',
    summary: 'Act on a reminder by the link in a message',
    ...page,
  }),
  showUnsubscribe: defineRoute({
    method: 'GET',
    path: '/v1/notifications/links/unsubscribe',
    summary: 'A page that asks whether to stop mails of a kind',
    ...page,
  }),
  unsubscribe: defineRoute({
    method: 'POST',
    path: '/v1/notifications/links/unsubscribe',
    summary: 'Stop mails of a kind with one click (RFC 8058)',
    ...page,
  }),
} as const;
