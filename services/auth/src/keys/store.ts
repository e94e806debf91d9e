import { type Db, KEYS_CHANGED_CHANNEL } from '@spacedly/kit';
import { notInArray, sql } from 'drizzle-orm';
import { signingKeys } from '../schema.ts';

export type KeyRow = typeof signingKeys.$inferSelect;

/** Any number; the lock makes instances that want a new key at the same moment agree on one. */
const KEY_LOCK = 7_239_418;

export async function lockKeys(tx: Db): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${KEY_LOCK})`);
}

export async function listKeys(db: Db): Promise<KeyRow[]> {
  return db.select().from(signingKeys);
}

export async function insertKey(tx: Db, row: KeyRow): Promise<void> {
  await tx.insert(signingKeys).values(row);
}

/** Removes every key but those named. */
export async function keepKeys(tx: Db, kids: readonly string[]): Promise<void> {
  await tx.delete(signingKeys).where(notInArray(signingKeys.kid, [...kids]));
}

/** Tells every process, once the transaction commits. */
export async function announceKeys(tx: Db): Promise<void> {
  await tx.execute(sql`SELECT pg_notify(${KEYS_CHANGED_CHANNEL}, '')`);
}
