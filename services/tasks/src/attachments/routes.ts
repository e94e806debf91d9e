import multipart from '@fastify/multipart';
import { tasksRoutes } from '@spacedly/contracts';
import { bindRoute, created, noContent, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { TaskKey } from '../items/store.ts';
import { inOwnersName } from '../shares/access.ts';
import { findSharedFile } from '../shares/store.ts';
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
        const mine = { userId, id: params.taskId };
        const items = await inOwnersName(deps.db, mine, 'owner', (target) =>
          createAttachments(deps, { target, idempotency, request }),
        );
        return created(`/v1/tasks/${params.taskId}/attachments`, { items, nextCursor: null });
      },
    );
  });

  bindRoute(app, tasksRoutes.listAttachments, async ({ identity: { userId }, params }) =>
    ok({
      items: await inOwnersName(deps.db, { userId, id: params.taskId }, 'read', (key) =>
        getAttachments(deps, key),
      ),
      nextCursor: null,
    }),
  );

  bindRoute(
    app,
    tasksRoutes.getAttachment,
    async ({ identity: { userId }, params, query, request, reply }) => {
      const { variant } = query;
      const send = (key: TaskKey) => sendAttachment(deps, { ...key, variant }, { request, reply });
      await inOwnersName(deps.db, { userId, id: params.attachmentId }, 'read', send, findSharedFile);
      return ok(undefined);
    },
  );

  bindRoute(app, tasksRoutes.deleteAttachment, async ({ identity: { userId }, params }) => {
    const mine = { userId, id: params.attachmentId };
    await inOwnersName(deps.db, mine, 'owner', (key) => removeAttachment(deps, key), findSharedFile);
    return noContent();
  });
}
