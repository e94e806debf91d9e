import multipart from '@fastify/multipart';
import { tasksRoutes } from '@spacedly/contracts';
import { bindRoute, created, noContent, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import { sendAttachment } from './download.ts';
import { type AttachmentDeps, createAttachments, getAttachments, removeAttachment } from './service.ts';

export function attachmentRoutes(app: FastifyInstance, deps: AttachmentDeps): void {
  // A scope of its own: nowhere else is a body read that is not JSON.
  app.register(async (scope) => {
    await scope.register(multipart);
    bindRoute(
      scope,
      tasksRoutes.createAttachments,
      async ({ identity: { userId }, params, idempotency, request }) => {
        const items = await createAttachments(deps, {
          target: { userId, id: params.taskId },
          idempotency,
          request,
        });
        return created(`/v1/tasks/${params.taskId}/attachments`, { items, nextCursor: null });
      },
    );
  });

  bindRoute(app, tasksRoutes.listAttachments, async ({ identity: { userId }, params }) =>
    ok({ items: await getAttachments(deps, { userId, id: params.taskId }), nextCursor: null }),
  );

  bindRoute(
    app,
    tasksRoutes.getAttachment,
    async ({ identity: { userId }, params, query, request, reply }) => {
      const wanted = { userId, id: params.attachmentId, variant: query.variant };
      await sendAttachment(deps, wanted, { request, reply });
      return ok(undefined);
    },
  );

  bindRoute(app, tasksRoutes.deleteAttachment, async ({ identity: { userId }, params }) => {
    await removeAttachment(deps, { userId, id: params.attachmentId });
    return noContent();
  });
}
