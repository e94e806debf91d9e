import type { Db } from '@spacedly/kit';
import { and, count, desc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';
import { personalTokens, users } from '../schema.ts';

export type PersonalTokenRow = typeof personalTokens.$inferSelect;

/** Locks the person, so that parallel requests cannot pass a limit together. */
export async function countTokensLocked(tx: Db, userId: string, now: Date): Promise<number> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update');
  const isLive = or(isNull(personalTokens.expiresAt), gt(personalTokens.expiresAt, now));
  const [row] = await tx
    .select({ count: count() })
    .from(personalTokens)
    .where(and(eq(personalTokens.userId, userId), isLive));
  return row?.count ?? 0;
}

export async function insertToken(
  tx: Db,
  row: typeof personalTokens.$inferInsert,
): Promise<PersonalTokenRow> {
  const [made] = await tx.insert(personalTokens).values(row).returning();
  return made as PersonalTokenRow;
}

export async function listTokens(db: Db, userId: string): Promise<PersonalTokenRow[]> {
  return db
    .select()
    .from(personalTokens)
    .where(eq(personalTokens.userId, userId))
    .orderBy(desc(personalTokens.id))
    .limit(100);
}

/** Removes tokens of a person, one or all. */
export async function removeTokens(
  tx: Db,
  where: { userId: string; tokenId?: string },
): Promise<PersonalTokenRow[]> {
  const isIt = where.tokenId === undefined ? undefined : eq(personalTokens.id, where.tokenId);
  return tx
    .delete(personalTokens)
    .where(and(eq(personalTokens.userId, where.userId), isIt))
    .returning();
}

/** A token by its hash with its owner, where both may still act. */
export async function findLiveToken(db: Db, tokenHash: string, now: Date) {
  const [found] = await db
    .select({ token: personalTokens, role: users.role })
    .from(personalTokens)
    .innerJoin(users, eq(users.id, personalTokens.userId))
    .where(
      and(
        eq(personalTokens.tokenHash, tokenHash),
        or(isNull(personalTokens.expiresAt), gt(personalTokens.expiresAt, now)),
        users.isActive,
        isNull(users.deletedAt),
      ),
    );
  return found ?? null;
}

/** Notes a use, at most once a minute, so that a busy script does not write with every call. */
export async function touchToken(db: Db, tokenId: string, now: Date): Promise<void> {
  const minuteAgo = new Date(now.getTime() - 60_000);
  await db
    .update(personalTokens)
    .set({ lastUsedAt: now })
    .where(
      and(
        eq(personalTokens.id, tokenId),
        or(isNull(personalTokens.lastUsedAt), lt(personalTokens.lastUsedAt, minuteAgo)),
      ),
    );
}

/** Removes tokens that ended before `before`; until then their owner sees in the list that they ran out. */
export async function deleteEndedTokens(db: Db, before: Date): Promise<void> {
  await db.delete(personalTokens).where(sql`${personalTokens.expiresAt} < ${before}`);
}
