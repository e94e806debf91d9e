import { authRoutes } from '@spacedly/contracts';
import { bindRoute, type Identity, noContent, ok } from '@spacedly/kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuthDeps } from '../deps.ts';
import { originOf } from '../origin.ts';
import { confirmTotp, removeTotp, renewRecoveryCodes, setEmailFactor, setupTotp } from './service.ts';
import { findFactors } from './store.ts';

interface Context {
  identity: Identity;
  request: FastifyRequest;
}

const ownerOf = ({ identity, request }: Context) => ({
  userId: identity.userId,
  sessionId: identity.sessionId,
  origin: originOf(request),
});

/** Secrets that are shown once must be kept by nobody on the way. */
const noStore = (reply: FastifyReply) => reply.header('cache-control', 'no-store');

export function secondFactorRoutes(app: FastifyInstance, deps: AuthDeps): void {
  bindRoute(app, authRoutes.secondFactors, async ({ identity }) => {
    const { hasTotp, isEmailOn, recoveryCodesLeft } = await findFactors(deps.db, identity.userId);
    return ok({ totp: hasTotp, email: isEmailOn, recoveryCodesLeft });
  });

  bindRoute(app, authRoutes.setupTotp, async (context) => {
    noStore(context.reply);
    return ok(await setupTotp(deps, ownerOf(context), context.body ?? {}));
  });

  bindRoute(app, authRoutes.confirmTotp, async (context) => {
    noStore(context.reply);
    return ok({ recoveryCodes: await confirmTotp(deps, ownerOf(context), context.body.code) });
  });

  bindRoute(app, authRoutes.removeTotp, async (context) => {
    await removeTotp(deps, ownerOf(context), context.body);
    return noContent();
  });

  bindRoute(app, authRoutes.setEmailFactor, async (context) => {
    await setEmailFactor(deps, ownerOf(context), context.body);
    return ok({ enabled: context.body.enabled });
  });

  bindRoute(app, authRoutes.renewRecoveryCodes, async (context) => {
    noStore(context.reply);
    return ok({ recoveryCodes: await renewRecoveryCodes(deps, ownerOf(context), context.body ?? {}) });
  });
}
