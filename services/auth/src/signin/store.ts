import type { Db } from '@spacedly/kit';
import { and, eq, gt, isNull, lt } from 'drizzle-orm';
import { signInChallenges } from '../schema.ts';

export type ChallengeRow = typeof signInChallenges.$inferSelect;

export async function insertChallenge(tx: Db, row: typeof signInChallenges.$inferInsert): Promise<void> {
  await tx.insert(signInChallenges).values(row);
}

export async function findChallengeOwner(db: Db, tokenHash: string): Promise<string | null> {
  const [row] = await db
    .select({ userId: signInChallenges.userId })
    .from(signInChallenges)
    .where(eq(signInChallenges.tokenHash, tokenHash));
  return row?.userId ?? null;
}

/** A challenge that can still be answered, locked until the transaction ends. */
export async function lockChallenge(
  tx: Db,
  tokenHash: string,
  now: Date,
  maxTries: number,
): Promise<ChallengeRow | null> {
  const [row] = await tx
    .select()
    .from(signInChallenges)
    .where(
      and(
        eq(signInChallenges.tokenHash, tokenHash),
        isNull(signInChallenges.usedAt),
        gt(signInChallenges.expiresAt, now),
        lt(signInChallenges.tries, maxTries),
      ),
    )
    .for('update');
  return row ?? null;
}

export async function updateChallenge(
  tx: Db,
  tokenHash: string,
  changes: Partial<Pick<ChallengeRow, 'tries' | 'usedAt'>>,
): Promise<void> {
  await tx.update(signInChallenges).set(changes).where(eq(signInChallenges.tokenHash, tokenHash));
}

export async function deleteChallengesOf(tx: Db, userId: string): Promise<void> {
  await tx.delete(signInChallenges).where(eq(signInChallenges.userId, userId));
}

export async function deleteExpiredChallenges(db: Db, before: Date): Promise<void> {
  await db.delete(signInChallenges).where(lt(signInChallenges.expiresAt, before));
}
