import multipart from '@fastify/multipart';
import { AVATAR_MAX_BYTES, authRoutes } from '@spacedly/contracts';
import { bindRoute, noContent, ok, Problem } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { AuthDeps } from '../deps.ts';
import type { MayView } from './relations.ts';
import { presentMe } from './rules.ts';
import { openAvatar, removeAvatar, setAvatar } from './service-avatar.ts';
import { findPerson } from './store.ts';
import { readUpload } from './upload.ts';

export function avatarRoutes(app: FastifyInstance, deps: AuthDeps, mayView: MayView): void {
  // A scope of its own: nowhere else is a body read that is not JSON.
  app.register(async (scope) => {
    await scope.register(multipart);
    bindRoute(scope, authRoutes.setAvatar, async ({ identity, request }) => {
      await setAvatar(deps, identity.userId, await readUpload(request, AVATAR_MAX_BYTES));
      const person = await findPerson(deps.db, identity.userId);
      if (person === null) throw new Problem('UNAUTHENTICATED');
      return ok(presentMe(person, identity));
    });
  });

  bindRoute(app, authRoutes.deleteAvatar, async ({ identity }) => {
    await removeAvatar(deps, identity.userId);
    return noContent();
  });

  bindRoute(app, authRoutes.getAvatar, async ({ identity, params: { userId, version }, reply }) => {
    if (!(await mayView(identity, userId))) throw new Problem('USER_NOT_FOUND');
    const { stream, sizeBytes } = await openAvatar(deps, userId, version);
    await reply
      .header('cache-control', 'private, max-age=31536000, immutable')
      .header('content-length', sizeBytes)
      .type('image/webp')
      .send(stream);
    return ok(undefined);
  });
}
