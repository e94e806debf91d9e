import type { Db } from '@spacedly/kit';
import { and, eq, gte, inArray, sql } from 'drizzle-orm';
import type { UserRow } from '../accounts/store.ts';
import {
  addressChanges,
  devices,
  identities,
  linkTokens,
  oneTimeCodes,
  passkeys,
  recoveryCodes,
  secondFactors,
  signInChallenges,
  users,
} from '../schema.ts';

/** Unlinks the providers a person was linked to since an instant. */
export async function unlinkSince(tx: Db, userId: string, since: Date): Promise<void> {
  await tx.delete(identities).where(and(eq(identities.userId, userId), gte(identities.createdAt, since)));
}

export interface IdentityKey {
  provider: string;
  subject: string;
}

const isIdentity = ({ provider, subject }: IdentityKey) =>
  and(eq(identities.provider, provider), eq(identities.subject, subject));

/** Parallel sign-ins of one identity, or for one address, wait for each other until the transaction ends. */
export async function lockFederation(tx: Db, { provider, subject }: IdentityKey, address: string | null) {
  const names = [`identity:${provider}:${subject}`, ...(address === null ? [] : [`code:SIGNUP:${address}`])];
  // The second is the lock of sign-up codes: an account made by code at the same moment is seen, or sees ours.
  for (const name of names) await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}

/** Whose an identity is, in whatever state, locked until the transaction ends. */
export async function findByIdentity(tx: Db, key: IdentityKey): Promise<UserRow | null> {
  const owner = tx.select({ id: identities.userId }).from(identities).where(isIdentity(key));
  const [row] = await tx.select().from(users).where(inArray(users.id, owner)).for('update');
  return row ?? null;
}

/** Whose an address is, verified or not, deleted or not, locked until the transaction ends. */
export async function findByAddress(tx: Db, address: string): Promise<UserRow | null> {
  const [row] = await tx
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, address.toLowerCase()))
    .for('update');
  return row ?? null;
}

export async function insertIdentity(tx: Db, row: typeof identities.$inferInsert): Promise<void> {
  await tx.insert(identities).values(row);
}

export async function touchIdentity(tx: Db, key: IdentityKey, now: Date): Promise<void> {
  await tx.update(identities).set({ lastUsedAt: now }).where(isIdentity(key));
}

export async function changeUser(
  tx: Db,
  userId: string,
  changes: Partial<typeof users.$inferInsert>,
  now: Date,
): Promise<UserRow> {
  const [row] = await tx
    .update(users)
    .set({ ...changes, version: sql`${users.version} + 1`, updatedAt: now })
    .where(eq(users.id, userId))
    .returning();
  return row as UserRow;
}

/** Makes every code and link that was sent to an address useless; how often was sent and guessed stays counted. */
export async function wipeCodesOf(tx: Db, address: string): Promise<void> {
  const target = address.toLowerCase();
  await tx.update(oneTimeCodes).set({ codeHmac: null, payload: null }).where(eq(oneTimeCodes.target, target));
  await tx.delete(linkTokens).where(eq(linkTokens.target, target));
}

/** Removes everything but sessions and tokens that could let somebody into an account. */
export async function wipeCredentials(tx: Db, userId: string): Promise<void> {
  const owned = [
    addressChanges,
    devices,
    identities,
    linkTokens,
    passkeys,
    recoveryCodes,
    secondFactors,
    signInChallenges,
  ];
  for (const table of owned) await tx.delete(table).where(eq(table.userId, userId));
}
