import { authRoutes } from '@spacedly/contracts';
import { accepted, bindRoute, noContent, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import { presentUser } from '../accounts/rules.ts';
import type { AuthDeps } from '../deps.ts';
import { originOf } from '../origin.ts';
import { requestChange, verifyChange } from './service.ts';
import { cancelChange } from './service-cancel.ts';

const pending = ({ channel, expiresAt }: Awaited<ReturnType<typeof requestChange>>) =>
  accepted({ status: 'verification_required' as const, channel, expiresAt: expiresAt.toISOString() });

export function addressChangeRoutes(app: FastifyInstance, deps: AuthDeps): void {
  bindRoute(app, authRoutes.changeEmail, async ({ identity, body, request }) => {
    const { newEmail: address, ...proof } = body;
    const owner = { ...identity, origin: originOf(request) };
    return pending(await requestChange(deps, owner, { kind: 'EMAIL', address, proof }));
  });

  bindRoute(app, authRoutes.verifyEmailChange, async ({ identity, body, request }) => {
    const { code, newEmail: address } = body;
    const owner = { ...identity, origin: originOf(request) };
    return ok(presentUser(await verifyChange(deps, owner, { kind: 'EMAIL', code, address })));
  });

  bindRoute(app, authRoutes.cancelEmailChange, async ({ body, request }) => {
    await cancelChange(deps, 'EMAIL', body.token, originOf(request));
    return noContent();
  });

  bindRoute(app, authRoutes.changePhone, async ({ identity, body, request }) => {
    const { newPhone: address, ...proof } = body;
    const owner = { ...identity, origin: originOf(request) };
    return pending(await requestChange(deps, owner, { kind: 'PHONE', address, proof }));
  });

  bindRoute(app, authRoutes.verifyPhoneChange, async ({ identity, body, request }) => {
    const { code, newPhone: address } = body;
    const owner = { ...identity, origin: originOf(request) };
    return ok(presentUser(await verifyChange(deps, owner, { kind: 'PHONE', code, address })));
  });

  bindRoute(app, authRoutes.cancelPhoneChange, async ({ body, request }) => {
    await cancelChange(deps, 'PHONE', body.token, originOf(request));
    return noContent();
  });
}
