import { authRoutes } from '@spacedly/contracts';
import { accepted, bindRoute, created } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { AuthDeps } from '../deps.ts';
import { originOf } from '../origin.ts';
import { deliverSignIn } from '../sessions/delivery.ts';
import { signUp, verifySignup } from './service.ts';

export function signupRoutes(app: FastifyInstance, deps: AuthDeps): void {
  bindRoute(app, authRoutes.signup, async ({ body, request }) => {
    const { channel, expiresAt } = await signUp(deps, body, originOf(request));
    return accepted({ status: 'verification_required', channel, expiresAt: expiresAt.toISOString() });
  });

  bindRoute(app, authRoutes.verifySignup, async ({ body, request, reply }) => {
    const { user, session } = await verifySignup(deps, body, originOf(request));
    const signedIn = await deliverSignIn(deps, reply, { user, session, delivery: body.delivery });
    return created('/v1/users/me', signedIn);
  });
}
