import type { updateMeBody } from '@spacedly/contracts';
import {
  type Db,
  isDatabaseUnavailable,
  isUniqueViolation,
  Problem,
  USER_CHANGED_CHANNEL,
} from '@spacedly/kit';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { AuthDeps } from '../deps.ts';
import { findUser, type UserRow, updateUser } from './store.ts';

/**
 * Node and PostgreSQL each bring their own list of zones; a zone only one of them knows would fail in every
 * later query that counts the person's days.
 */
async function assertZoneKnown(db: Db, timeZone: string): Promise<void> {
  try {
    await db.execute(sql`SELECT now() AT TIME ZONE ${timeZone}`);
  } catch (cause) {
    const errors = [{ path: 'body.timeZone', message: 'This time zone is not known to the database' }];
    throw isDatabaseUnavailable(cause) ? cause : new Problem('VALIDATION_FAILED', { errors, cause });
  }
}

/**
 * Changes a profile and tells every process that keeps a copy of a person's zone or name.
 * @throws Problem USERNAME_TAKEN, PRECONDITION_FAILED, UNAUTHENTICATED when the account is gone
 */
export async function updateProfile(
  { db, now }: AuthDeps,
  where: { userId: string; ifMatch: number | null },
  changes: z.output<typeof updateMeBody>,
): Promise<UserRow> {
  if (changes.timeZone !== undefined) await assertZoneKnown(db, changes.timeZone);
  try {
    return await db.transaction(async (tx) => {
      const row = await updateUser(tx, where, changes, now());
      if (row === null) {
        throw new Problem((await findUser(tx, where.userId)) ? 'PRECONDITION_FAILED' : 'UNAUTHENTICATED');
      }
      await tx.execute(sql`SELECT pg_notify(${USER_CHANGED_CHANNEL}, ${where.userId})`);
      return row;
    });
  } catch (error) {
    if (isUniqueViolation(error, 'users_username_key')) throw new Problem('USERNAME_TAKEN');
    throw error;
  }
}
