import type { Db } from '@spacedly/kit';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { readUser, rowJson } from '../accounts/json.ts';
import type { UserRow } from '../accounts/store.ts';
import { userProfiles, users } from '../schema.ts';

export type ProfileRow = Pick<typeof userProfiles.$inferSelect, 'bio' | 'headline' | 'links' | 'preferences'>;

/** Of somebody who has not said anything yet. */
const EMPTY: ProfileRow = { bio: null, headline: null, links: [], preferences: {} };

export interface Person {
  user: UserRow;
  profile: ProfileRow;
}

/** A person who is not deleted, with their profile. */
export async function findPerson(db: Db, userId: string): Promise<Person | null> {
  const [row] = await db
    .select({ user: users, profile: userProfiles })
    .from(users)
    .leftJoin(userProfiles, eq(userProfiles.userId, users.id))
    .where(and(eq(users.id, userId), isNull(users.deletedAt)));
  return row === undefined ? null : { user: row.user, profile: row.profile ?? EMPTY };
}

/**
 * The same outside of transactions, as it is asked at the start of every page: by a statement that is built once, and as
 * JSON.
 */
export function createFindPerson(db: NodePgDatabase): (userId: string) => Promise<Person | null> {
  const statement = db
    .select({
      user: sql<Record<string, unknown>>`${rowJson(users)}`,
      profile: sql<ProfileRow | null>`CASE WHEN ${userProfiles.userId} IS NOT NULL THEN ${rowJson(userProfiles)} END`,
    })
    .from(users)
    .leftJoin(userProfiles, eq(userProfiles.userId, users.id))
    .where(and(eq(users.id, sql.placeholder('userId')), isNull(users.deletedAt)))
    .prepare('person');
  return async (userId) => {
    const [row] = await statement.execute({ userId });
    return row === undefined ? null : { user: readUser(row.user), profile: row.profile ?? EMPTY };
  };
}

export async function saveProfile(
  tx: Db,
  userId: string,
  changes: Partial<ProfileRow>,
  now: Date,
): Promise<void> {
  const values = { ...changes, updatedAt: now };
  await tx
    .insert(userProfiles)
    .values({ userId, ...values })
    .onConflictDoUpdate({ target: userProfiles.userId, set: values });
}
