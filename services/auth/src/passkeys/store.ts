import type { Db } from '@spacedly/kit';
import { and, desc, eq, gte, isNull, lt } from 'drizzle-orm';
import { passkeyChallenges, passkeys, users } from '../schema.ts';

export type PasskeyRow = typeof passkeys.$inferSelect;
export type Ceremony = (typeof passkeyChallenges.$inferSelect)['ceremony'];

export async function insertChallenge(db: Db, row: typeof passkeyChallenges.$inferInsert): Promise<void> {
  await db.insert(passkeyChallenges).values(row);
}

/** Takes a challenge away. Of parallel answers to one challenge exactly one gets true. */
export async function takeChallenge(
  db: Db,
  what: { challenge: string; ceremony: Ceremony; userId: string | null },
  now: Date,
): Promise<boolean> {
  const { challenge, ceremony, userId } = what;
  const taken = await db
    .delete(passkeyChallenges)
    .where(
      and(
        eq(passkeyChallenges.challenge, challenge),
        eq(passkeyChallenges.ceremony, ceremony),
        userId === null ? isNull(passkeyChallenges.userId) : eq(passkeyChallenges.userId, userId),
      ),
    )
    .returning({ expiresAt: passkeyChallenges.expiresAt });
  return taken.some(({ expiresAt }) => expiresAt > now);
}

export async function deleteExpiredPasskeyChallenges(db: Db, now: Date): Promise<void> {
  await db.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, now));
}

export async function listPasskeys(db: Db, userId: string): Promise<PasskeyRow[]> {
  return db.select().from(passkeys).where(eq(passkeys.userId, userId)).orderBy(desc(passkeys.id));
}

/** The same, with the person locked, so that parallel requests cannot pass the limit together. */
export async function listPasskeysLocked(tx: Db, userId: string): Promise<PasskeyRow[]> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update');
  return listPasskeys(tx, userId);
}

export async function insertPasskey(tx: Db, row: typeof passkeys.$inferInsert): Promise<PasskeyRow> {
  const [made] = await tx.insert(passkeys).values(row).returning();
  return made as PasskeyRow;
}

export async function renamePasskey(
  tx: Db,
  where: { userId: string; id: string },
  name: string,
): Promise<PasskeyRow | null> {
  const isMine = and(eq(passkeys.id, where.id), eq(passkeys.userId, where.userId));
  const [row] = await tx.update(passkeys).set({ name }).where(isMine).returning();
  return row ?? null;
}

export async function removePasskey(
  tx: Db,
  where: { userId: string; id: string },
): Promise<PasskeyRow | null> {
  const isMine = and(eq(passkeys.id, where.id), eq(passkeys.userId, where.userId));
  const [row] = await tx.delete(passkeys).where(isMine).returning();
  return row ?? null;
}

/** Removes the passkeys a person added since an instant. */
export async function removePasskeysSince(tx: Db, userId: string, since: Date): Promise<void> {
  await tx.delete(passkeys).where(and(eq(passkeys.userId, userId), gte(passkeys.createdAt, since)));
}

/** A passkey with its owner, where they may sign in. */
export async function findPasskey(db: Db, credentialId: string) {
  const [found] = await db
    .select({ passkey: passkeys, user: users })
    .from(passkeys)
    .innerJoin(users, eq(users.id, passkeys.userId))
    .where(and(eq(passkeys.credentialId, credentialId), users.isActive, isNull(users.deletedAt)));
  return found ?? null;
}

/** The counter of a passkey, locked until the transaction ends; null when it was deleted meanwhile. */
export async function lockCounter(tx: Db, id: string): Promise<number | null> {
  const [row] = await tx
    .select({ counter: passkeys.counter })
    .from(passkeys)
    .where(eq(passkeys.id, id))
    .for('update');
  return row?.counter ?? null;
}

export async function recordUse(
  tx: Db,
  id: string,
  use: { counter: number; isSynced: boolean; lastUsedAt: Date },
): Promise<void> {
  await tx.update(passkeys).set(use).where(eq(passkeys.id, id));
}
