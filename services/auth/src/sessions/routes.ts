import { authRoutes } from '@spacedly/contracts';
import { bindRoute, noContent, ok, Problem, REFRESH_COOKIE } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { AuthDeps } from '../deps.ts';
import { originOf } from '../origin.ts';
import { clearCookies, deliverTokens } from './delivery.ts';
import { ACCESS_TOKEN_SECONDS, presentSession } from './rules.ts';
import { endAllSessions, endSession } from './service-end.ts';
import { refresh } from './service-refresh.ts';
import { listDeniedSessions, listSessions } from './store.ts';

export function sessionRoutes(app: FastifyInstance, deps: AuthDeps): void {
  const { db, now } = deps;

  bindRoute(app, authRoutes.refresh, async ({ body, request, reply }) => {
    const refreshToken = body?.refreshToken ?? request.cookies[REFRESH_COOKIE];
    if (refreshToken === undefined) throw new Problem('INVALID_REFRESH_TOKEN');
    const delivery = body?.refreshToken === undefined ? 'cookie' : 'json';
    const { user, session } = await refresh(deps, refreshToken, originOf(request));
    const tokens = await deliverTokens(deps, reply, { user, session, delivery });
    return ok(tokens ?? { tokenType: 'Bearer', expiresIn: ACCESS_TOKEN_SECONDS });
  });

  bindRoute(app, authRoutes.logout, async ({ identity, request, reply }) => {
    await endSession(deps, identity, 'signed_out', originOf(request));
    clearCookies(deps, reply);
    return noContent();
  });

  bindRoute(app, authRoutes.logoutAll, async ({ identity, request, reply }) => {
    await endAllSessions(deps, identity.userId, originOf(request));
    clearCookies(deps, reply);
    return noContent();
  });

  bindRoute(app, authRoutes.listSessions, async ({ identity }) => {
    const rows = await listSessions(db, identity.userId, now());
    return ok({ items: rows.map((row) => presentSession(row, identity.sessionId)), nextCursor: null });
  });

  bindRoute(app, authRoutes.endSession, async ({ identity, params, request }) => {
    const where = { userId: identity.userId, sessionId: params.sessionId };
    await endSession(deps, where, 'session_ended', originOf(request));
    return noContent();
  });

  bindRoute(app, authRoutes.listDeniedSessions, async () => {
    const rows = await listDeniedSessions(db, now());
    const items = rows.map(({ sessionId, until }) => ({
      sessionId,
      until: Math.ceil(until.getTime() / 1_000),
    }));
    return ok({ items });
  });
}
