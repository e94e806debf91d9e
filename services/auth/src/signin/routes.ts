import { availableParallelism } from 'node:os';
import { authRoutes } from '@spacedly/contracts';
import { accepted, bindRoute, type Config, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { AuthDeps } from '../deps.ts';
import { originOf } from '../origin.ts';
import { createGate } from '../passwords/gate.ts';
import { answerSignIn, deliverSignIn, deviceTokenOf } from '../sessions/delivery.ts';
import { createLogin } from './service-login.ts';
import { requestOtp, verifyOtp } from './service-otp.ts';
import { completeSecondFactor, sendForChallenge } from './service-second-factor.ts';

/**
 * Sign-ins by password at once: a hash for each core, and no more than half of the connections. With one more a storm of them
 * keeps everybody else waiting (docs/guide/performance.md). An attempt counts from its first statement on, so what waits for
 * its hash waits here, where it does not stand against its network.
 */
const signInsAtOnce = ({ SIGN_INS_AT_ONCE, DB_POOL_MAX }: Config) =>
  SIGN_INS_AT_ONCE ?? Math.min(availableParallelism(), Math.ceil(DB_POOL_MAX / 2));

export function signInRoutes(app: FastifyInstance, deps: AuthDeps): void {
  const inTurn = createGate(signInsAtOnce(deps.config));
  const login = createLogin(deps);

  bindRoute(app, authRoutes.login, async ({ body, request, reply }) => {
    const { delivery, rememberDevice: isRemembered } = body;
    const context = {
      origin: originOf(request),
      isRemembered,
      delivery,
      deviceToken: deviceTokenOf(request, body),
    };
    const result = await inTurn(() => login(body, context));
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
