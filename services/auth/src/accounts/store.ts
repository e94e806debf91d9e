import type { FindPeopleBody } from '@spacedly/contracts';
import { type Db, USER_CHANGED_CHANNEL } from '@spacedly/kit';
import { and, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';
import { addressChanges, users } from '../schema.ts';

export type UserRow = typeof users.$inferSelect;
export type NewUser = Pick<
  typeof users.$inferInsert,
  | 'id'
  | 'email'
  | 'phone'
  | 'name'
  | 'passwordHash'
  | 'emailVerifiedAt'
  | 'phoneVerifiedAt'
  | 'locale'
  | 'timeZone'
  | 'lastLoginAt'
>;

const isLive = isNull(users.deletedAt);

export async function findUser(db: Db, userId: string): Promise<UserRow | null> {
  const [row] = await db
    .select()
    .from(users)
    .where(and(eq(users.id, userId), isLive));
  return row ?? null;
}

/** Those of the people who are there, in no order. */
export async function findUsers(db: Db, userIds: readonly string[]): Promise<UserRow[]> {
  return db
    .select()
    .from(users)
    .where(and(inArray(users.id, [...userIds]), isLive));
}

/** Live people by id, verified e-mail or username. */
export async function findPeople(db: Db, { ids, emails, usernames }: FindPeopleBody): Promise<UserRow[]> {
  const lower = emails.map((email) => email.toLowerCase());
  const asked = [
    ids.length > 0 ? inArray(users.id, ids) : undefined,
    lower.length > 0
      ? and(inArray(sql`lower(${users.email})`, lower), isNotNull(users.emailVerifiedAt))
      : undefined,
    usernames.length > 0 ? inArray(users.username, usernames) : undefined,
  ].filter((one) => one !== undefined);
  if (asked.length === 0) return [];
  return db
    .select()
    .from(users)
    .where(and(or(...asked), isLive, eq(users.isActive, true)));
}

/**
 * True for addresses of deleted accounts too, which stay taken until the purge, and for those that were changed away
 * less than seven days ago, as the change can still be taken back.
 * @param ownerId may have their own old address again
 */
export async function isAddressTaken(
  db: Db,
  target: string,
  ownerId: string | null = null,
): Promise<boolean> {
  const held = db
    .select({ id: addressChanges.userId })
    .from(addressChanges)
    .where(
      and(
        eq(sql`lower(${addressChanges.oldAddress})`, target),
        isNotNull(addressChanges.completedAt),
        isNull(addressChanges.endedAt),
        ownerId === null ? undefined : ne(addressChanges.userId, ownerId),
      ),
    );
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(or(eq(sql`lower(${users.email})`, target), eq(users.phone, target)))
    .unionAll(held);
  return rows.length > 0;
}

/** By e-mail (without regard to case), phone or username. */
export async function findUserByIdentifier(db: Db, identifier: string): Promise<UserRow | null> {
  const lower = identifier.trim().toLowerCase();
  const matches = lower.includes('@')
    ? eq(sql`lower(${users.email})`, lower)
    : lower.startsWith('+')
      ? eq(users.phone, lower)
      : eq(users.username, lower);
  const [row] = await db.select().from(users).where(and(matches, isLive));
  return row ?? null;
}

export async function hasAnyUser(db: Db): Promise<boolean> {
  const rows = await db.select({ id: users.id }).from(users).limit(1);
  return rows.length > 0;
}

/** Any number; it makes two first sign-ups at the same moment agree on who was first. */
const FIRST_USER_LOCK = 7_239_419;

/** Adds a person; the first one of an installation becomes ADMIN. */
export async function insertUser(tx: Db, user: NewUser, now: Date): Promise<UserRow> {
  if (!(await hasAnyUser(tx))) await tx.execute(sql`SELECT pg_advisory_xact_lock(${FIRST_USER_LOCK})`);
  const role = (await hasAnyUser(tx)) ? 'USER' : 'ADMIN';
  const [row] = await tx
    .insert(users)
    .values({ ...user, role, createdAt: now, updatedAt: now })
    .returning();
  return row as UserRow;
}

/** A person in whatever state. */
export async function findAnyUser(db: Db, userId: string): Promise<UserRow | null> {
  const [row] = await db.select().from(users).where(eq(users.id, userId));
  return row ?? null;
}

/** A person in whatever state, locked until the transaction ends. */
export async function lockUser(tx: Db, userId: string): Promise<UserRow | null> {
  const [row] = await tx.select().from(users).where(eq(users.id, userId)).for('update');
  return row ?? null;
}

/** Tells every process that keeps something of a person to look again, when the transaction commits. */
export async function tellChanged(tx: Db, userId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_notify(${USER_CHANGED_CHANNEL}, ${userId})`);
}

/** Null when the person is gone or `ifMatch` names another version. */
export async function updateUser(
  tx: Db,
  where: { userId: string; ifMatch: number | null },
  changes: Partial<typeof users.$inferInsert>,
  now: Date,
): Promise<UserRow | null> {
  const { userId, ifMatch } = where;
  const [row] = await tx
    .update(users)
    .set({ ...changes, version: sql`${users.version} + 1`, updatedAt: now })
    .where(and(eq(users.id, userId), isLive, ifMatch === null ? undefined : eq(users.version, ifMatch)))
    .returning();
  return row ?? null;
}
