import { hasPermission, type Permission } from '@spacedly/contracts';
import { type Db, Problem } from '@spacedly/kit';
import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Actor } from '../audit/service.ts';
import { users } from '../schema.ts';

/** Any number; whoever may take an admin's rights away holds it, so that they are judged one after the other. */
const ADMIN_LOCK = 7_239_420;

/** Waits until nobody else is about to change who is admin. Comes before any other lock of the transaction. */
export async function lockAdmins(tx: Db): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${ADMIN_LOCK})`);
}

/**
 * Under `lockAdmins`: whether the actor still may. Two admins who demote each other at the same moment would both have
 * passed the check of their tokens.
 * @throws Problem FORBIDDEN
 */
export async function assertStillAllowed(tx: Db, actor: Actor, permission: Permission): Promise<void> {
  // The installation itself: a job, or whoever has the machine.
  if (actor.actorId === null) return;
  const [row] = await tx
    .select({ role: users.role })
    .from(users)
    .where(and(eq(users.id, actor.actorId), users.isActive, isNull(users.deletedAt)));
  if (row === undefined || !hasPermission(row.role, permission)) throw new Problem('FORBIDDEN');
}

/**
 * Under `lockAdmins`: refuses to leave the installation without an admin.
 * @throws Problem LAST_ADMIN
 */
export async function assertAnotherAdmin(tx: Db, userId: string): Promise<void> {
  const others = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'ADMIN'), users.isActive, isNull(users.deletedAt), ne(users.id, userId)))
    .limit(1);
  if (others.length === 0) throw new Problem('LAST_ADMIN');
}
