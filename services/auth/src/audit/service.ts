import type { AdminDeed } from '@spacedly/contracts';
import { type Db, newId } from '@spacedly/kit';
import type { FastifyRequest } from 'fastify';
import { insertAudit } from './store.ts';

/** What is worth a row. Reading is not; whatever gives or takes power, access or data is. */
export type AuditAction =
  | AdminDeed
  | 'user.role_changed'
  | 'user.department_changed'
  | 'user.editor_changed'
  | 'user.deactivated'
  | 'user.reactivated'
  | 'user.deleted'
  | 'user.restored'
  | 'user.purged'
  | 'user.impersonated'
  | 'user.sessions_revoked'
  | 'user.exported'
  | 'users.imported'
  | 'users.exported'
  | 'merchant.submitted'
  | 'merchant.verified'
  | 'merchant.rejected';

/** Who does something, and from where. All null for the installation itself. */
export interface Actor {
  actorId: string | null;
  ip: string | null;
  requestId: string | null;
}

export const INSTALLATION: Actor = { actorId: null, ip: null, requestId: null };

/** Who really makes a request: behind an impersonation it is the admin. */
export function actorOf(request: FastifyRequest): Actor {
  const { identity } = request;
  const actorId = identity?.impersonatedBy ?? identity?.userId ?? null;
  return { actorId, ip: request.clientIp, requestId: request.id };
}

/**
 * Adds a row to the audit log in the transaction of the deed, so that there is neither without the other.
 * @param entry.detail facts that name nobody: the row stays when the person is gone
 */
export async function recordAudit(
  tx: Db,
  actor: Actor,
  entry: { action: AuditAction; targetId: string | null; at: Date; detail?: Record<string, unknown> },
): Promise<void> {
  await insertAudit(tx, { id: newId(), ...actor, detail: {}, ...entry });
}
