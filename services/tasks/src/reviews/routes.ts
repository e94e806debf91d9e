import { tasksRoutes } from '@spacedly/contracts';
import { bindRoute, created, noContent, ok, Problem } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { TasksDeps } from '../deps.ts';
import { momentOf } from '../people/moment.ts';
import { presentLog, presentReview, presentSettings, presentWithNext } from './rules.ts';
import { changeReview, createReview, removeReview, resumeReview, suspendReview } from './service.ts';
import { forecastReviews, getDueReviews, getSettings } from './service-due.ts';
import { gradeReview, putSettings, undoReview } from './service-grade.ts';
import { findReview, findSettings, listLogs, listReviews } from './store.ts';

export function reviewRoutes(app: FastifyInstance, deps: TasksDeps): void {
  collectionRoutes(app, deps);
  settingsRoutes(app, deps);
  itemRoutes(app, deps);
}

function collectionRoutes(app: FastifyInstance, deps: TasksDeps): void {
  const { db } = deps;

  bindRoute(app, tasksRoutes.createReview, async ({ identity, body, idempotency }) => {
    const review = await createReview(deps, identity.userId, body, idempotency);
    return created(`/v1/reviews/${review.id}`, review);
  });

  bindRoute(app, tasksRoutes.listReviews, async ({ identity: { userId }, query }) => {
    const moment = await momentOf(deps, userId);
    const { items, nextCursor } = await listReviews(db, { userId, ...query }, query);
    return ok({ items: items.map((row) => presentReview(row, moment)), nextCursor });
  });

  bindRoute(app, tasksRoutes.listDueReviews, async ({ identity: { userId }, query }) => {
    const due = await getDueReviews(db, userId, await momentOf(deps, userId), query.limit);
    return ok({ ...due, nextCursor: null });
  });

  bindRoute(app, tasksRoutes.forecastReviews, async ({ identity, query }) =>
    ok(await forecastReviews(deps, identity.userId, query.days)),
  );
}

function settingsRoutes(app: FastifyInstance, deps: TasksDeps): void {
  bindRoute(app, tasksRoutes.getReviewSettings, async ({ identity }) =>
    ok(await getSettings(deps, identity.userId)),
  );

  bindRoute(app, tasksRoutes.putReviewSettings, async ({ identity, body, ifMatch }) =>
    ok(await putSettings(deps, identity.userId, body, ifMatch)),
  );
}

function itemRoutes(app: FastifyInstance, deps: TasksDeps): void {
  const { db } = deps;

  bindRoute(app, tasksRoutes.getReview, async ({ identity: { userId }, params, reply }) => {
    const moment = await momentOf(deps, userId);
    const row = await findReview(db, { userId, id: params.reviewId });
    if (row === null) throw new Problem('REVIEW_NOT_FOUND');
    const settings = presentSettings(await findSettings(db, userId));
    // For `If-Match`. Never answered with 304: the dates on the buttons change with the hour.
    reply.header('etag', `"${row.version}"`);
    return ok(presentWithNext(row, moment, settings));
  });

  bindRoute(app, tasksRoutes.updateReview, async ({ identity: { userId }, params, ifMatch, body }) =>
    ok(await changeReview(deps, { userId, id: params.reviewId, ifMatch }, body)),
  );

  bindRoute(app, tasksRoutes.deleteReview, async ({ identity: { userId }, params, ifMatch }) => {
    await removeReview(deps, { userId, id: params.reviewId, ifMatch });
    return noContent();
  });

  bindRoute(app, tasksRoutes.gradeReview, async ({ identity, params, ifMatch, body, idempotency }) => {
    const target = { userId: identity.userId, id: params.reviewId, ifMatch };
    return ok(await gradeReview(deps, target, body, idempotency));
  });

  bindRoute(app, tasksRoutes.undoReview, async ({ identity: { userId }, params, ifMatch }) =>
    ok(await undoReview(deps, { userId, id: params.reviewId, ifMatch })),
  );

  bindRoute(app, tasksRoutes.suspendReview, async ({ identity: { userId }, params, ifMatch }) =>
    ok(await suspendReview(deps, { userId, id: params.reviewId, ifMatch })),
  );

  bindRoute(app, tasksRoutes.resumeReview, async ({ identity: { userId }, params, ifMatch }) =>
    ok(await resumeReview(deps, { userId, id: params.reviewId, ifMatch })),
  );

  bindRoute(app, tasksRoutes.listReviewHistory, async ({ identity: { userId }, params, query }) => {
    const review = await findReview(db, { userId, id: params.reviewId });
    if (review === null) throw new Problem('REVIEW_NOT_FOUND');
    const { items, nextCursor } = await listLogs(db, review.id, query);
    return ok({ items: items.map(presentLog), nextCursor });
  });
}
