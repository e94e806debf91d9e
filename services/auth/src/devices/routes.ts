import { authRoutes } from '@spacedly/contracts';
import { bindRoute, noContent, ok, sha256 } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { AuthDeps } from '../deps.ts';
import { originOf } from '../origin.ts';
import { DEVICE_COOKIE } from '../sessions/delivery.ts';
import { presentDevice } from './rules.ts';
import { removeDevice } from './service.ts';
import { listTrustedDevices } from './store.ts';

export function deviceRoutes(app: FastifyInstance, deps: AuthDeps): void {
  bindRoute(app, authRoutes.listDevices, async ({ identity, request }) => {
    const rows = await listTrustedDevices(deps.db, identity.userId, deps.now());
    const token = request.cookies[DEVICE_COOKIE];
    const current = token === undefined ? null : sha256(token);
    return ok({ items: rows.map((row) => presentDevice(row, current)), nextCursor: null });
  });

  bindRoute(app, authRoutes.removeDevice, async ({ identity, params, request }) => {
    const { userId } = identity;
    await removeDevice(deps, { userId, deviceId: params.deviceId, origin: originOf(request) });
    return noContent();
  });
}
