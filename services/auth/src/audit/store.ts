import type { ListAuditQuery } from '@spacedly/contracts';
import { type Db, decodeCursor, toPage } from '@spacedly/kit';
import { and, desc, eq, gte, isNotNull, lt, sql } from 'drizzle-orm';
import { auditLog } from '../schema.ts';

export type AuditRow = typeof auditLog.$inferSelect;

/** Adds a row; one that is there already stays as it is. */
export async function insertAudit(tx: Db, row: typeof auditLog.$inferInsert): Promise<void> {
  await tx.insert(auditLog).values(row).onConflictDoNothing();
}

/** One page of the log, latest first. Ids are UUIDv7 and so sort by time. */
export async function listAudit(db: Db, query: ListAuditQuery) {
  const { actorId, targetId, action, from, to, cursor, limit } = query;
  const [before] = cursor === undefined ? [] : decodeCursor(cursor, ['uuid']);
  const rows = await db
    .select()
    .from(auditLog)
    .where(
      and(
        actorId === undefined ? undefined : eq(auditLog.actorId, actorId),
        targetId === undefined ? undefined : eq(auditLog.targetId, targetId),
        action === undefined ? undefined : eq(auditLog.action, action),
        from === undefined ? undefined : gte(auditLog.at, new Date(from)),
        to === undefined ? undefined : lt(auditLog.at, new Date(to)),
        before === undefined ? undefined : lt(auditLog.id, before),
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(limit + 1);
  return toPage(rows, limit, (row) => [row.id]);
}

/** Deletes rows older than `before`; the trigger lets nothing younger go. @returns how many */
export async function deleteOldAudit(tx: Db, before: Date): Promise<number> {
  await tx.execute(sql`SELECT set_config('spacedly.audit_delete_before', ${before.toISOString()}, true)`);
  const deleted = await tx.delete(auditLog).where(lt(auditLog.at, before)).returning({ id: auditLog.id });
  return deleted.length;
}

/** Takes the network address out of every row about what a person did, which is all that is personal in them. */
export async function forgetInAudit(tx: Db, userId: string): Promise<void> {
  await tx.execute(sql`SELECT set_config('spacedly.audit_forget', ${userId}, true)`);
  await tx
    .update(auditLog)
    .set({ ip: null })
    .where(and(eq(auditLog.actorId, userId), isNotNull(auditLog.ip)));
}
