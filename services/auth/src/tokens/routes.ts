import { authRoutes } from '@spacedly/contracts';
import { bindRoute, created, noContent, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import { confirmOwner } from '../confirm.ts';
import type { AuthDeps } from '../deps.ts';
import { originOf } from '../origin.ts';
import { presentToken } from './rules.ts';
import { createToken, deleteToken, findTokenOwner } from './service.ts';
import { listTokens } from './store.ts';

export function tokenRoutes(app: FastifyInstance, deps: AuthDeps): void {
  bindRoute(app, authRoutes.createToken, async ({ identity, body, idempotency, request, reply }) => {
    await confirmOwner(deps, identity, body);
    const context = { origin: originOf(request), idempotency };
    const token = await createToken(deps, identity.userId, body, context);
    reply.header('cache-control', 'no-store');
    return created(`/v1/auth/tokens/${token.id}`, token);
  });

  bindRoute(app, authRoutes.listTokens, async ({ identity }) => {
    const rows = await listTokens(deps.db, identity.userId);
    return ok({ items: rows.map(presentToken), nextCursor: null });
  });

  bindRoute(app, authRoutes.deleteToken, async ({ identity, params, request }) => {
    await deleteToken(deps, { userId: identity.userId, tokenId: params.tokenId }, originOf(request));
    return noContent();
  });

  bindRoute(app, authRoutes.findTokenOwner, async ({ body }) =>
    ok(await findTokenOwner(deps, body.tokenHash)),
  );
}
