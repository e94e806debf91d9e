import { authRoutes } from '@spacedly/contracts';
import { accepted, bindRoute, noContent, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { AuthDeps } from '../deps.ts';
import { originOf } from '../origin.ts';
import { clearCookies, DEVICE_COOKIE } from '../sessions/delivery.ts';
import { changePassword, setPassword } from './service-change.ts';
import { forgotPassword, resetPassword, verifyResetCode } from './service-forgot.ts';

export function passwordRoutes(app: FastifyInstance, deps: AuthDeps): void {
  bindRoute(app, authRoutes.forgotPassword, async ({ body, request }) => {
    const { channel, expiresAt } = await forgotPassword(deps, body, originOf(request));
    return accepted({ channel, expiresAt: expiresAt.toISOString() });
  });

  bindRoute(app, authRoutes.verifyPasswordCode, async ({ body, reply }) => {
    const { token, expiresAt } = await verifyResetCode(deps, body);
    reply.header('cache-control', 'no-store');
    return ok({ resetToken: token, expiresAt: expiresAt.toISOString() });
  });

  bindRoute(app, authRoutes.resetPassword, async ({ body, request, reply }) => {
    await resetPassword(deps, body, originOf(request));
    clearCookies(deps, reply);
    return noContent();
  });

  bindRoute(app, authRoutes.changePassword, async ({ identity, body, request }) => {
    const deviceToken = request.cookies[DEVICE_COOKIE];
    await changePassword(deps, body, { ...identity, origin: originOf(request), deviceToken });
    return noContent();
  });

  bindRoute(app, authRoutes.setPassword, async ({ identity, body, request }) => {
    const deviceToken = request.cookies[DEVICE_COOKIE];
    await setPassword(deps, body, { ...identity, origin: originOf(request), deviceToken });
    return noContent();
  });
}
