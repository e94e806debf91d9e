import { authRoutes } from '@spacedly/contracts';
import { accepted, bindRoute, type Config, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { AuthDeps } from '../deps.ts';
import { originOf } from '../origin.ts';
import { createGate } from '../passwords/gate.ts';
import { answerSignIn, deliverSignIn, deviceTokenOf } from '../sessions/delivery.ts';
import { login } from './service-login.ts';
import { requestOtp, verifyOtp } from './service-otp.ts';
import { completeSecondFactor, sendForChallenge } from './service-second-factor.ts';

/**
 * Sign-ins by password at once. Each takes some ten statements, and those from one network wait for each other's counts:
 * let in freely, 200 a second held all connections and a list waited for seconds. With 2 at once of a pool of ten the p99 of
 * a list is 1.3 times that of quiet times, with 4 twice: docs/guide/performance.md.
 */
const signInsAtOnce = ({ SIGN_INS_AT_ONCE, DB_POOL_MAX }: Config) =>
  SIGN_INS_AT_ONCE ?? Math.min(DB_POOL_MAX - 1, Math.max(2, Math.floor(DB_POOL_MAX / 4)));

export function signInRoutes(app: FastifyInstance, deps: AuthDeps): void {
  const inTurn = createGate(signInsAtOnce(deps.config));

  bindRoute(app, authRoutes.login, async ({ body, request, reply }) => {
    const result = await inTurn(() => login(deps, body, originOf(request), deviceTokenOf(request, body)));
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
