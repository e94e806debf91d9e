import { authRoutes } from '@spacedly/contracts';
import { bindRoute, created, noContent, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import { confirmOwner } from '../confirm.ts';
import type { AuthDeps } from '../deps.ts';
import { originOf } from '../origin.ts';
import { deliverSignIn, deviceTokenOf } from '../sessions/delivery.ts';
import { presentPasskey } from './rules.ts';
import { beginPasskeyLogin, passkeyLogin } from './service-login.ts';
import { changeName, deletePasskey } from './service-manage.ts';
import { beginRegistration, finishRegistration } from './service-register.ts';
import { listPasskeys } from './store.ts';

export function passkeyRoutes(app: FastifyInstance, deps: AuthDeps): void {
  bindRoute(app, authRoutes.passkeyRegisterOptions, async ({ identity, body, reply }) => {
    await confirmOwner(deps, identity, body ?? {});
    reply.header('cache-control', 'no-store');
    return ok({ ...(await beginRegistration(deps, identity.userId)) });
  });

  bindRoute(app, authRoutes.passkeyRegister, async ({ identity, body, request }) => {
    const passkey = await finishRegistration(deps, identity.userId, body, originOf(request));
    return created(`/v1/auth/passkeys/${passkey.id}`, passkey);
  });

  bindRoute(app, authRoutes.listPasskeys, async ({ identity }) => {
    const rows = await listPasskeys(deps.db, identity.userId);
    return ok({ items: rows.map(presentPasskey), nextCursor: null });
  });

  bindRoute(app, authRoutes.renamePasskey, async ({ identity, params, body, request }) => {
    const where = { userId: identity.userId, id: params.passkeyId };
    return ok(await changeName(deps, where, body.name, originOf(request)));
  });

  bindRoute(app, authRoutes.deletePasskey, async ({ identity, params, request }) => {
    await deletePasskey(deps, { userId: identity.userId, id: params.passkeyId }, originOf(request));
    return noContent();
  });

  bindRoute(app, authRoutes.passkeyLoginOptions, async ({ request, reply }) => {
    reply.header('cache-control', 'no-store');
    return ok({ ...(await beginPasskeyLogin(deps, originOf(request))) });
  });

  bindRoute(app, authRoutes.passkeyLogin, async ({ body, request, reply }) => {
    const signedIn = await passkeyLogin(deps, body, originOf(request), deviceTokenOf(request, body));
    return ok(await deliverSignIn(deps, reply, { ...signedIn, delivery: body.delivery }));
  });
}
