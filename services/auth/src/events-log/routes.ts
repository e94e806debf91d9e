import { authRoutes, type SecurityEvent } from '@spacedly/contracts';
import { bindRoute, clientOf, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { AuthDeps } from '../deps.ts';
import { listEvents, type SecurityEventRow } from './store.ts';

function presentEvent({ id, type, ip, userAgent, details, createdAt }: SecurityEventRow): SecurityEvent {
  const client = clientOf(userAgent);
  return { id, type: type as SecurityEvent['type'], at: createdAt.toISOString(), ip, ...client, details };
}

export function securityEventRoutes(app: FastifyInstance, { db }: AuthDeps): void {
  bindRoute(app, authRoutes.listSecurityEvents, async ({ identity, query }) => {
    const { items, nextCursor } = await listEvents(db, identity.userId, query);
    return ok({ items: items.map(presentEvent), nextCursor });
  });
}
