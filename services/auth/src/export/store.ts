import type { Db } from '@spacedly/kit';
import { and, desc, eq, gt, lt } from 'drizzle-orm';
import { dataExports } from '../schema.ts';

export type ExportRow = typeof dataExports.$inferSelect;

export async function insertExport(tx: Db, row: typeof dataExports.$inferInsert): Promise<ExportRow> {
  const [inserted] = await tx.insert(dataExports).values(row).returning();
  return inserted as ExportRow;
}

/** The request of a person that is still being worked on. */
export async function findPending(db: Db, userId: string, now: Date): Promise<ExportRow | null> {
  const [row] = await db
    .select()
    .from(dataExports)
    .where(
      and(eq(dataExports.userId, userId), eq(dataExports.status, 'PENDING'), gt(dataExports.expiresAt, now)),
    )
    .orderBy(desc(dataExports.createdAt))
    .limit(1);
  return row ?? null;
}

export async function findExport(db: Db, where: { userId: string; id: string }): Promise<ExportRow | null> {
  const [row] = await db
    .select()
    .from(dataExports)
    .where(and(eq(dataExports.id, where.id), eq(dataExports.userId, where.userId)));
  return row ?? null;
}

/** For the worker, which knows the export only. */
export async function findExportById(db: Db, id: string): Promise<ExportRow | null> {
  const [row] = await db.select().from(dataExports).where(eq(dataExports.id, id));
  return row ?? null;
}

/** @returns false when it was no longer pending */
export async function markReady(
  tx: Db,
  id: string,
  done: { sizeBytes: number; readyAt: Date; expiresAt: Date },
): Promise<boolean> {
  const updated = await tx
    .update(dataExports)
    .set({ status: 'READY', ...done })
    .where(and(eq(dataExports.id, id), eq(dataExports.status, 'PENDING')))
    .returning({ id: dataExports.id });
  return updated.length > 0;
}

export async function findExpired(db: Db, now: Date): Promise<ExportRow[]> {
  return db.select().from(dataExports).where(lt(dataExports.expiresAt, now)).limit(500);
}

export async function deleteExport(db: Db, id: string): Promise<void> {
  await db.delete(dataExports).where(eq(dataExports.id, id));
}
