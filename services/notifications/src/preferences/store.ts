import type { Db } from '@spacedly/kit';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { recipients } from '../schema.ts';

export type RecipientRow = typeof recipients.$inferSelect;
export type RecipientChanges = Partial<Omit<RecipientRow, 'userId' | 'version'>>;

/** Adds people with what everybody gets to begin with; those we know already stay as they are. */
export async function insertRecipients(
  tx: Db,
  people: readonly Pick<RecipientRow, 'userId' | 'timeZone' | 'checkAt'>[],
): Promise<void> {
  if (people.length > 0) {
    await tx
      .insert(recipients)
      .values([...people])
      .onConflictDoNothing();
  }
}

export async function findRecipients(db: Db, userIds: readonly string[]): Promise<Map<string, RecipientRow>> {
  if (userIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(recipients)
    .where(inArray(recipients.userId, [...userIds]));
  return new Map(rows.map((row) => [row.userId, row]));
}

export async function findRecipient(db: Db, userId: string): Promise<RecipientRow | undefined> {
  return (await findRecipients(db, [userId])).get(userId);
}

/** @returns undefined when the version no longer fits */
export async function updateRecipient(
  tx: Db,
  { userId, ifMatch }: { userId: string; ifMatch: number | null },
  changes: RecipientChanges,
): Promise<RecipientRow | undefined> {
  const [row] = await tx
    .update(recipients)
    .set({ ...changes, version: sql`${recipients.version} + 1` })
    .where(and(eq(recipients.userId, userId), ifMatch === null ? undefined : eq(recipients.version, ifMatch)))
    .returning();
  return row;
}

/** Adds a pair to what is switched off; once is enough. */
export async function mute(tx: Db, userId: string, pair: string): Promise<void> {
  await tx
    .update(recipients)
    .set({
      muted: sql`array_append(array_remove(${recipients.muted}, ${pair}), ${pair})`,
      version: sql`${recipients.version} + 1`,
    })
    .where(eq(recipients.userId, userId));
}
