import type { Db } from '@spacedly/kit';
import { and, count, eq, gt, isNull } from 'drizzle-orm';
import { recoveryCodes, secondFactors } from '../schema.ts';
import { type Factors, NO_FACTORS } from './rules.ts';

export type SecondFactorRow = typeof secondFactors.$inferSelect;

export async function findFactors(db: Db, userId: string): Promise<Factors> {
  const isUnused = and(eq(recoveryCodes.userId, secondFactors.userId), isNull(recoveryCodes.usedAt));
  const [row] = await db
    .select({
      totpConfirmedAt: secondFactors.totpConfirmedAt,
      isEmailOn: secondFactors.isEmailOn,
      recoveryCodesLeft: count(recoveryCodes.codeHmac),
    })
    .from(secondFactors)
    .leftJoin(recoveryCodes, isUnused)
    .where(eq(secondFactors.userId, userId))
    .groupBy(secondFactors.userId);
  if (row === undefined) return NO_FACTORS;
  const { isEmailOn, recoveryCodesLeft } = row;
  return { hasTotp: row.totpConfirmedAt !== null, isEmailOn, recoveryCodesLeft };
}

/** The row of a person, locked until the transaction ends. */
export async function lockFactors(tx: Db, userId: string): Promise<SecondFactorRow | null> {
  const [row] = await tx.select().from(secondFactors).where(eq(secondFactors.userId, userId)).for('update');
  return row ?? null;
}

export async function saveFactors(
  tx: Db,
  userId: string,
  changes: Partial<Omit<SecondFactorRow, 'userId'>>,
): Promise<void> {
  await tx
    .insert(secondFactors)
    .values({ userId, ...changes })
    .onConflictDoUpdate({ target: secondFactors.userId, set: changes });
}

export async function replaceRecoveryCodes(tx: Db, userId: string, hmacs: readonly string[]): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  if (hmacs.length > 0)
    await tx.insert(recoveryCodes).values(hmacs.map((codeHmac) => ({ userId, codeHmac })));
}

/** Uses a recovery code up; of parallel tries one succeeds. */
export async function takeRecoveryCode(
  tx: Db,
  { userId, codeHmac }: { userId: string; codeHmac: string },
  now: Date,
): Promise<boolean> {
  const taken = await tx
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(
      and(
        eq(recoveryCodes.userId, userId),
        eq(recoveryCodes.codeHmac, codeHmac),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ userId: recoveryCodes.userId });
  return taken.length > 0;
}

/** Removes an authenticator app that was set up after `since`, with its recovery codes. */
export async function removeTotpSince(tx: Db, userId: string, since: Date): Promise<void> {
  const removed = await tx
    .update(secondFactors)
    .set({ sealedTotpSecret: null, totpConfirmedAt: null })
    .where(and(eq(secondFactors.userId, userId), gt(secondFactors.totpConfirmedAt, since)))
    .returning({ userId: secondFactors.userId });
  if (removed.length > 0) await replaceRecoveryCodes(tx, userId, []);
}
