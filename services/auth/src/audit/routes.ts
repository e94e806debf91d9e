import { type AuditEntry, authRoutes } from '@spacedly/contracts';
import { bindRoute, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { AuthDeps } from '../deps.ts';
import { type AuditRow, listAudit } from './store.ts';

const present = (row: AuditRow): AuditEntry => ({ ...row, at: row.at.toISOString() });

export function auditRoutes(app: FastifyInstance, { db }: AuthDeps): void {
  bindRoute(app, authRoutes.adminListAudit, async ({ query }) => {
    const { items, nextCursor } = await listAudit(db, query);
    return ok({ items: items.map(present), nextCursor });
  });
}
