import type { ListUsersQuery } from '@spacedly/contracts';
import { type Db, decodeCursor, toPage } from '@spacedly/kit';
import { and, desc, eq, ilike, isNotNull, isNull, lt, not, or, type SQL } from 'drizzle-orm';
import type { UserRow } from '../accounts/store.ts';
import { users } from '../schema.ts';

const isDeleted = isNotNull(users.deletedAt);
const isVerified = or(isNotNull(users.emailVerifiedAt), isNotNull(users.phoneVerifiedAt)) as SQL;

const STATUS: Readonly<Record<NonNullable<ListUsersQuery['status']>, SQL | undefined>> = {
  active: and(not(isDeleted), users.isActive, isVerified),
  unverified: and(not(isDeleted), not(isVerified)),
  deactivated: and(not(isDeleted), eq(users.isActive, false)),
  deleted: isDeleted,
};

/** `%` and `_` are letters like any other to whoever searches. */
function contains(text: string): SQL | undefined {
  const pattern = `%${text.trim().replaceAll(/[\\%_]/g, '\\$&')}%`;
  const columns = [users.email, users.phone, users.username, users.name, users.fullName];
  return or(...columns.map((column) => ilike(column, pattern)));
}

/** One page of accounts, latest first. The deleted are listed only when they are asked for. */
export async function listUsers(db: Db, { query, role, status, cursor, limit }: ListUsersQuery) {
  const [before] = cursor === undefined ? [] : decodeCursor(cursor, ['uuid']);
  const rows = await db
    .select()
    .from(users)
    .where(
      and(
        status === undefined ? isNull(users.deletedAt) : STATUS[status],
        role === undefined ? undefined : eq(users.role, role),
        query === undefined ? undefined : contains(query),
        before === undefined ? undefined : lt(users.id, before),
      ),
    )
    .orderBy(desc(users.id))
    .limit(limit + 1);
  return toPage(rows, limit, (row) => [row.id]);
}

/** A person in whatever state. */
export async function findAnyUser(db: Db, userId: string): Promise<UserRow | null> {
  const [row] = await db.select().from(users).where(eq(users.id, userId));
  return row ?? null;
}
