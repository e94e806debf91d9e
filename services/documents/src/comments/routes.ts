import { documentsRoutes } from '@spacedly/contracts';
import { bindRoute, created, noContent, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { DocumentsDeps } from '../deps.ts';
import { viewerOf } from '../people/viewer.ts';
import { changeComment, createComment, listComments, removeComment } from './service.ts';

export function commentRoutes(app: FastifyInstance, deps: DocumentsDeps): void {
  bindRoute(app, documentsRoutes.listComments, async ({ request, params: { docId }, query }) =>
    ok(await listComments(deps, { docId, viewer: await viewerOf(deps, request) }, query)),
  );

  bindRoute(app, documentsRoutes.createComment, async ({ request, params: { docId }, body, idempotency }) => {
    const viewer = await viewerOf(deps, request);
    const comment = await createComment(deps, { docId, viewer }, body, idempotency);
    return created(`/v1/docs/${docId}/comments/${comment.id}`, comment);
  });

  bindRoute(app, documentsRoutes.updateComment, async ({ request, params, ifMatch, body }) =>
    ok(
      await changeComment(deps, { ...params, viewer: await viewerOf(deps, request), ifMatch }, body.content),
    ),
  );

  bindRoute(app, documentsRoutes.deleteComment, async ({ request, params, ifMatch }) => {
    await removeComment(deps, { ...params, viewer: await viewerOf(deps, request), ifMatch });
    return noContent();
  });
}
