import type { Db } from '@spacedly/kit';
import { and, eq, isNull, type Placeholder, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { UserRow } from '../accounts/store.ts';
import { userProfiles, users } from '../schema.ts';

export type ProfileRow = Pick<typeof userProfiles.$inferSelect, 'bio' | 'headline' | 'links' | 'preferences'>;

/** Of somebody who has not said anything yet. */
const EMPTY: ProfileRow = { bio: null, headline: null, links: [], preferences: {} };

export interface Person {
  user: UserRow;
  profile: ProfileRow;
}

const selectPerson = (db: Db, userId: string | Placeholder) =>
  db
    .select({ user: users, profile: userProfiles })
    .from(users)
    .leftJoin(userProfiles, eq(userProfiles.userId, users.id))
    .where(and(eq(users.id, userId), isNull(users.deletedAt)));

function toPerson([row]: Awaited<ReturnType<typeof selectPerson>>): Person | null {
  return row === undefined ? null : { user: row.user, profile: row.profile ?? EMPTY };
}

/** A person who is not deleted, with their profile. */
export async function findPerson(db: Db, userId: string): Promise<Person | null> {
  return toPerson(await selectPerson(db, userId));
}

/** The same outside of transactions, by a statement that is built once: it is asked at the start of every page. */
export function createFindPerson(db: NodePgDatabase): (userId: string) => Promise<Person | null> {
  const statement = selectPerson(db, sql.placeholder('userId')).prepare('person');
  return async (userId) => toPerson(await statement.execute({ userId }));
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
