import type { Db } from '@spacedly/kit';
import { and, eq, isNull } from 'drizzle-orm';
import type { UserRow } from '../accounts/store.ts';
import { userProfiles, users } from '../schema.ts';

export type ProfileRow = Pick<typeof userProfiles.$inferSelect, 'bio' | 'headline' | 'links' | 'preferences'>;

/** Of somebody who has not said anything yet. */
const EMPTY: ProfileRow = { bio: null, headline: null, links: [], preferences: {} };

/** A person who is not deleted, with their profile. */
export async function findPerson(
  db: Db,
  userId: string,
): Promise<{ user: UserRow; profile: ProfileRow } | null> {
  const [row] = await db
    .select({ user: users, profile: userProfiles })
    .from(users)
    .leftJoin(userProfiles, eq(userProfiles.userId, users.id))
    .where(and(eq(users.id, userId), isNull(users.deletedAt)));
  return row === undefined ? null : { user: row.user, profile: row.profile ?? EMPTY };
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
