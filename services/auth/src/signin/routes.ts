import { authRoutes } from '@spacedly/contracts';
import { accepted, bindRoute, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { AuthDeps } from '../deps.ts';
import { originOf } from '../origin.ts';
import { answerSignIn, deliverSignIn, deviceTokenOf } from '../sessions/delivery.ts';
import { login } from './service-login.ts';
import { requestOtp, verifyOtp } from './service-otp.ts';
import { completeSecondFactor, sendForChallenge } from './service-second-factor.ts';

export function signInRoutes(app: FastifyInstance, deps: AuthDeps): void {
  bindRoute(app, authRoutes.login, async ({ body, request, reply }) => {
    const result = await login(deps, body, originOf(request), deviceTokenOf(request, body));
    return answerSignIn(deps, reply, result, body.delivery);
  });

  bindRoute(app, authRoutes.requestOtp, async ({ body, request }) => {
    const { channel, expiresAt } = await requestOtp(deps, body, originOf(request));
    return accepted({ channel, expiresAt: expiresAt.toISOString() });
  });

  bindRoute(app, authRoutes.verifyOtp, async ({ body, request, reply }) => {
    const result = await verifyOtp(deps, body, originOf(request), deviceTokenOf(request, body));
    return answerSignIn(deps, reply, result, body.delivery);
  });

  bindRoute(app, authRoutes.sendSecondFactor, async ({ body, request }) => {
    const { channel, expiresAt } = await sendForChallenge(deps, body, originOf(request));
    return accepted({ channel, expiresAt: expiresAt.toISOString() });
  });

  bindRoute(app, authRoutes.secondFactor, async ({ body, request, reply }) => {
    const signedIn = await completeSecondFactor(deps, body, originOf(request), deviceTokenOf(request, body));
    return ok(await deliverSignIn(deps, reply, { ...signedIn, delivery: body.delivery }));
  });
}
