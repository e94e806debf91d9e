import { notificationRoutes } from '@spacedly/contracts';
import { bindRoute, decodeCursor, noContent, ok, type Platform, Problem, toPage } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import { deleteItem, type InboxReads, markAllRead, markRead, NO_CURSOR, toNotification } from './store.ts';

const notFound = () => new Problem('NOTIFICATION_NOT_FOUND');

/** The inbox: list, count, read, delete. Every query is scoped by the caller, so others' ids do not exist. */
export function registerInboxRoutes(
  app: FastifyInstance,
  { database: { db }, now }: Platform,
  reads: InboxReads,
): void {
  bindRoute(app, notificationRoutes.listNotifications, async ({ query, identity: { userId } }) => {
    const { limit, cursor, unread } = query;
    const [before = NO_CURSOR] = cursor === undefined ? [] : decodeCursor(cursor, ['uuid']);
    const list = unread ? reads.listUnread : reads.list;
    const rows = await list.execute({ userId, before, limit: limit + 1 });
    return ok(toPage(rows.map(toNotification), limit, ({ id }) => [id]));
  });

  bindRoute(app, notificationRoutes.unreadCount, async ({ identity: { userId } }) => {
    const [row] = await reads.unreadCount.execute({ userId });
    return ok({ count: row?.count ?? 0 });
  });

  bindRoute(app, notificationRoutes.readNotification, async ({ params, identity: { userId } }) => {
    const row = await markRead(db, { userId, id: params.notificationId, now: now() });
    if (row === undefined) throw notFound();
    return ok(toNotification(row));
  });

  bindRoute(app, notificationRoutes.readAllNotifications, async ({ identity: { userId } }) => {
    await markAllRead(db, { userId, now: now() });
    return noContent();
  });

  bindRoute(app, notificationRoutes.deleteNotification, async ({ params, identity: { userId } }) => {
    if (!(await deleteItem(db, { userId, id: params.notificationId }))) throw notFound();
    return noContent();
  });
}
