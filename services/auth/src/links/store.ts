import type { Db } from '@spacedly/kit';
import { and, eq, gt, isNull, lt, ne } from 'drizzle-orm';
import { linkTokens } from '../schema.ts';
import type { LinkPurpose } from './rules.ts';

export type LinkRow = typeof linkTokens.$inferSelect;

export async function insertLink(tx: Db, row: typeof linkTokens.$inferInsert): Promise<void> {
  await tx.insert(linkTokens).values(row);
}

const isLive = (purpose: LinkPurpose, tokenHash: string, now: Date) =>
  and(
    eq(linkTokens.tokenHash, tokenHash),
    eq(linkTokens.purpose, purpose),
    isNull(linkTokens.usedAt),
    gt(linkTokens.expiresAt, now),
  );

export async function findLink(db: Db, purpose: LinkPurpose, tokenHash: string, now: Date) {
  const [row] = await db
    .select()
    .from(linkTokens)
    .where(isLive(purpose, tokenHash, now));
  return row ?? null;
}

/** The newest link to an address that can still be used. */
export async function findLinkTo(db: Db, target: string, purpose: LinkPurpose, now: Date) {
  const [row] = await db
    .select()
    .from(linkTokens)
    .where(
      and(
        eq(linkTokens.target, target),
        eq(linkTokens.purpose, purpose),
        isNull(linkTokens.usedAt),
        gt(linkTokens.expiresAt, now),
      ),
    );
  return row ?? null;
}

/** Uses a link up. One statement, so that of many parallel tries one succeeds; null for all others. */
export async function takeLink(tx: Db, purpose: LinkPurpose, tokenHash: string, now: Date) {
  const [row] = await tx
    .update(linkTokens)
    .set({ usedAt: now })
    .where(isLive(purpose, tokenHash, now))
    .returning();
  return row ?? null;
}

/** Links of an address that are still unused die; the newest is the only one. */
export async function endLinksTo(
  tx: Db,
  target: string,
  purpose: LinkPurpose,
  now: Date,
  exceptTokenHash = '',
): Promise<void> {
  await tx
    .update(linkTokens)
    .set({ usedAt: now })
    .where(
      and(
        eq(linkTokens.target, target),
        eq(linkTokens.purpose, purpose),
        isNull(linkTokens.usedAt),
        ne(linkTokens.tokenHash, exceptTokenHash),
      ),
    );
}

export async function endLinksOf(tx: Db, userId: string, purpose: LinkPurpose, now: Date): Promise<void> {
  await tx
    .update(linkTokens)
    .set({ usedAt: now })
    .where(and(eq(linkTokens.userId, userId), eq(linkTokens.purpose, purpose), isNull(linkTokens.usedAt)));
}

export async function deleteExpiredLinks(db: Db, before: Date): Promise<void> {
  await db.delete(linkTokens).where(lt(linkTokens.expiresAt, before));
}
