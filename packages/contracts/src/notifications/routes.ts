import { z } from 'zod';
import { defineRoute, type ServiceContract } from '../contract.ts';
import { id, listOf } from '../fields.ts';
import { exportRoute } from '../people/export.ts';
import { jobRoutes } from './jobs.ts';
import { linkRoutes } from './links.ts';
import { preferenceRoutes } from './preferences.ts';
import { pushRoutes } from './push.ts';
import * as s from './schemas.ts';
import { timelineRoutes } from './timeline.ts';

const params = z.object({ notificationId: id });

/** How far unread notifications are counted. */
export const MOST_UNREAD = 1_000;

export const notificationRoutes = {
  listNotifications: defineRoute({
    method: 'GET',
    path: '/v1/notifications',
    summary: 'My notifications, latest first',
    auth: 'required',
    query: s.listNotificationsQuery,
    responses: { 200: listOf(s.notification) },
    errors: [],
  }),
  unreadCount: defineRoute({
    method: 'GET',
    path: '/v1/notifications/unread-count',
    summary: 'How many notifications I have not read',
    description: `Counts up to ${MOST_UNREAD}: a thousand or more are 1000.`,
    auth: 'required',
    responses: { 200: z.object({ count: z.int() }) },
    errors: [],
  }),
  streamNotifications: defineRoute({
    method: 'GET',
    path: '/v1/notifications/stream',
    summary: 'Notifications as they happen (server-sent events)',
    description:
      'Each event `notification` carries a Notification and its id; `Last-Event-ID` resumes after that one. A comment is sent every 25 s.',
    auth: 'required',
    responses: { 200: 'stream' },
    errors: [],
  }),
  readNotification: defineRoute({
    method: 'PATCH',
    path: '/v1/notifications/:notificationId/read',
    summary: 'Mark a notification as read',
    auth: 'required',
    params,
    responses: { 200: s.notification },
    errors: ['NOTIFICATION_NOT_FOUND'],
  }),
  exportNotificationData: exportRoute('/internal/notifications/export/:userId'),
  readAllNotifications: defineRoute({
    method: 'POST',
    path: '/v1/notifications/read-all',
    summary: 'Mark all my notifications as read',
    auth: 'required',
    responses: { 204: null },
    errors: [],
  }),
  deleteNotification: defineRoute({
    method: 'DELETE',
    path: '/v1/notifications/:notificationId',
    summary: 'Delete a notification',
    auth: 'required',
    params,
    responses: { 204: null },
    errors: ['NOTIFICATION_NOT_FOUND'],
  }),
  ...preferenceRoutes,
  ...pushRoutes,
  ...linkRoutes,
  ...jobRoutes,
  ...timelineRoutes,
} as const;

/** Exists only where the local mailbox does: no provider configured, not production. */
export const mailboxRoutes = {
  listMailbox: defineRoute({
    method: 'GET',
    path: '/dev/mailbox/messages',
    summary: 'Messages in the local mailbox, newest first',
    auth: 'none',
    query: s.mailboxQuery,
    responses: { 200: z.object({ items: z.array(s.mailboxMessage) }) },
    errors: [],
  }),
  showMailbox: defineRoute({
    method: 'GET',
    path: '/dev/mailbox',
    summary: 'The local mailbox as a page',
    auth: 'none',
    query: s.mailboxPageQuery,
    responses: { 200: 'stream' },
    errors: [],
  }),
  showTemplates: defineRoute({
    method: 'GET',
    path: '/dev/mailbox/templates',
    summary: 'Every message as it looks, in every language',
    auth: 'none',
    query: s.templatesQuery,
    responses: { 200: 'stream' },
    errors: [],
  }),
} as const;

export const notificationsContract = {
  name: 'notifications',
  prefixes: ['/v1/notifications/links', '/v1/notifications', '/v1/admin/jobs', '/dev/mailbox'],
  routes: { ...notificationRoutes, ...mailboxRoutes },
} as const satisfies ServiceContract;
