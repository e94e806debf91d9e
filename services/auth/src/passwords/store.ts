import type { Db } from '@spacedly/kit';
import { eq } from 'drizzle-orm';
import { users } from '../schema.ts';

/** Sets the hash of a person whose row is locked; null removes the password. */
export async function savePassword(
  tx: Db,
  userId: string,
  passwordHash: string | null,
  now: Date,
): Promise<void> {
  await tx.update(users).set({ passwordHash, updatedAt: now }).where(eq(users.id, userId));
}
