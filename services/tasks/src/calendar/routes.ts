import { tasksRoutes } from '@spacedly/contracts';
import { bindRoute, created, noContent, ok, sha256 } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import { getCalendar, moveItem } from './service.ts';
import { createFeed, type FeedDeps, getFeed, readFeed, removeFeed } from './service-feed.ts';

export function calendarRoutes(app: FastifyInstance, deps: FeedDeps): void {
  bindRoute(app, tasksRoutes.getCalendar, async ({ identity, query }) =>
    ok(await getCalendar(deps, identity.userId, query)),
  );

  bindRoute(
    app,
    tasksRoutes.moveCalendarItem,
    async ({ identity: { userId }, params: { kind, id }, ifMatch, body }) =>
      ok(await moveItem(deps, kind, { userId, id, ifMatch }, body)),
  );

  feedRoutes(app, deps);
}

/** Weak, because the same calendar is sent with several content encodings. */
const etagOf = (text: string) => `W/"${sha256(text).slice(0, 32)}"`;

/** RFC 9110, section 13.1.2: weak comparison with each tag of the list. */
function isUnchanged(ifNoneMatch: string | undefined, etag: string): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return ifNoneMatch?.split(',').some((tag) => opaque(tag) === opaque(etag)) ?? false;
}

function feedRoutes(app: FastifyInstance, deps: FeedDeps): void {
  bindRoute(app, tasksRoutes.createCalendarFeed, async ({ identity, idempotency }) =>
    created('/v1/calendar/feed', await createFeed(deps, identity.userId, idempotency)),
  );

  bindRoute(app, tasksRoutes.getCalendarFeed, async ({ identity, reply }) => {
    reply.header('cache-control', 'no-store');
    return ok(await getFeed(deps, identity.userId));
  });

  bindRoute(app, tasksRoutes.deleteCalendarFeed, async ({ identity }) => {
    await removeFeed(deps, identity.userId);
    return noContent();
  });

  bindRoute(app, tasksRoutes.readCalendarFeed, async ({ params, query, request, reply }) => {
    const text = await readFeed(deps, params.token, query.as);
    const etag = etagOf(text);
    reply.header('etag', etag).header('cache-control', 'private, no-cache').header('x-robots-tag', 'noindex');
    const isSame = isUnchanged(request.headers['if-none-match'], etag);
    await (isSame ? reply.code(304).send() : reply.type('text/calendar; charset=utf-8').send(text));
    return ok(undefined);
  });
}
