import { authRoutes } from '@spacedly/contracts';
import { accepted, bindRoute, created, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { AuthDeps } from '../deps.ts';
import { originOf, readerFrom } from '../origin.ts';
import { deliverSignIn, deviceTokenOf } from '../sessions/delivery.ts';
import { signUp, verifyEmail, verifySignup } from './service.ts';

export function signupRoutes(app: FastifyInstance, deps: AuthDeps): void {
  bindRoute(app, authRoutes.signup, async ({ body, request }) => {
    const { channel, expiresAt } = await signUp(deps, body, originOf(request), readerFrom(request));
    return accepted({ status: 'verification_required', channel, expiresAt: expiresAt.toISOString() });
  });

  bindRoute(app, authRoutes.verifySignup, async ({ body, request, reply }) => {
    const signedIn = await verifySignup(deps, body, originOf(request), deviceTokenOf(request, body));
    const { delivery } = body;
    return created('/v1/users/me', await deliverSignIn(deps, reply, { ...signedIn, delivery }));
  });

  bindRoute(app, authRoutes.verifyEmail, async ({ body, request, reply }) => {
    const signedIn = await verifyEmail(deps, body, originOf(request), deviceTokenOf(request, body));
    return ok(await deliverSignIn(deps, reply, { ...signedIn, delivery: body.delivery }));
  });
}
