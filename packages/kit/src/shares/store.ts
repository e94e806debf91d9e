import type { ShareAccess } from '@spacedly/contracts';
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/pool.ts';
import type { ShareKind, ShareRow } from './kind.ts';

const columns = sql.raw(
  'id, user_id AS "userId", email, access, opened_at AS "openedAt", created_at AS "createdAt", updated_at AS "updatedAt"',
);
const thingOf = ({ thing }: ShareKind) => sql.identifier(thing);

async function rowsOf(db: Db, query: SQL): Promise<ShareRow[]> {
  return (await db.execute<ShareRow & Record<string, unknown>>(query)).rows;
}

/** The share of a thing with a person, or with an address that is nobody's yet, locked. */
export async function lockShareWith(
  tx: Db,
  kind: ShareKind,
  { thingId, userId, email }: { thingId: string; userId: string | null; email: string | null },
): Promise<ShareRow | null> {
  const who =
    userId === null
      ? sql`email = ${email}`
      : sql`(user_id = ${userId} OR (user_id IS NULL AND email = ${email}::text))`;
  const found = await rowsOf(
    tx,
    sql`SELECT ${columns} FROM ${kind.shares} WHERE ${thingOf(kind)} = ${thingId} AND ${who}
      ORDER BY user_id NULLS LAST LIMIT 1 FOR UPDATE`,
  );
  return found[0] ?? null;
}

/** One share of a thing, locked: by its id, or by the person where they name themselves. */
export async function lockShare(
  tx: Db,
  kind: ShareKind,
  { thingId, shareId, userId = null }: { thingId: string; shareId: string; userId?: string | null },
): Promise<ShareRow | null> {
  const which =
    userId !== null && userId === shareId.toLowerCase() ? sql`user_id = ${userId}` : sql`id = ${shareId}`;
  const [row] = await rowsOf(
    tx,
    sql`SELECT ${columns} FROM ${kind.shares} WHERE ${which} AND ${thingOf(kind)} = ${thingId} FOR UPDATE`,
  );
  return row ?? null;
}

export async function countShares(tx: Db, kind: ShareKind, thingId: string): Promise<number> {
  const { rows } = await tx.execute<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM ${kind.shares} WHERE ${thingOf(kind)} = ${thingId}`,
  );
  return rows[0]?.count ?? 0;
}

export interface NewShare {
  id: string;
  thingId: string;
  userId: string | null;
  email: string | null;
  access: ShareAccess;
  createdBy: string;
  now: Date;
}

export async function insertShare(tx: Db, kind: ShareKind, row: NewShare): Promise<ShareRow> {
  const { id, thingId, userId, email, access, createdBy, now } = row;
  const [made] = await rowsOf(
    tx,
    sql`INSERT INTO ${kind.shares} (id, ${thingOf(kind)}, user_id, email, access, created_by, created_at, updated_at)
      VALUES (${id}, ${thingId}, ${userId}, ${email}, ${access}, ${createdBy}, ${now}, ${now}) RETURNING ${columns}`,
  );
  return made as ShareRow;
}

export async function updateShare(
  tx: Db,
  kind: ShareKind,
  { id, access, now }: { id: string; access: ShareAccess; now: Date },
): Promise<ShareRow> {
  const [row] = await rowsOf(
    tx,
    sql`UPDATE ${kind.shares} SET access = ${access}, updated_at = ${now} WHERE id = ${id} RETURNING ${columns}`,
  );
  return row as ShareRow;
}

export async function deleteShare(tx: Db, kind: ShareKind, id: string): Promise<void> {
  await tx.execute(sql`DELETE FROM ${kind.shares} WHERE id = ${id}`);
}

/** The shares of a thing after one, in the order they were made. */
export async function listShares(
  db: Db,
  kind: ShareKind,
  { thingId, after, limit }: { thingId: string; after: string | null; limit: number },
): Promise<ShareRow[]> {
  return rowsOf(
    db,
    sql`SELECT ${columns} FROM ${kind.shares}
      WHERE ${thingOf(kind)} = ${thingId} AND (${after}::uuid IS NULL OR id > ${after}::uuid) ORDER BY id LIMIT ${limit}`,
  );
}

/** Notes that somebody has opened what is shared with them, the first time. */
export async function markOpened(
  db: Db,
  kind: ShareKind,
  { thingId, userId, now }: { thingId: string; userId: string; now: Date },
): Promise<void> {
  await db.execute(sql`UPDATE ${kind.shares} SET opened_at = ${now}
    WHERE ${thingOf(kind)} = ${thingId} AND user_id = ${userId} AND opened_at IS NULL`);
}

/** Makes what is shared with an address shared with the person whose address it is. */
export async function claimShares(
  tx: Db,
  kind: ShareKind,
  { userId, email }: { userId: string; email: string },
): Promise<void> {
  const { shares, things } = kind;
  const thing = thingOf(kind);
  const isPending = sql`p.user_id IS NULL AND p.email = ${email}`;
  // Shared with them already, in another way: one share stays, with the greater access.
  await tx.execute(sql`UPDATE ${shares} AS s SET access = greatest(s.access, p.access) FROM ${shares} AS p
    WHERE s.user_id = ${userId} AND s.${thing} = p.${thing} AND ${isPending}`);
  await tx.execute(sql`DELETE FROM ${shares} AS p WHERE ${isPending} AND (
    EXISTS (SELECT 1 FROM ${shares} AS s WHERE s.${thing} = p.${thing} AND s.user_id = ${userId})
    OR EXISTS (SELECT 1 FROM ${things} AS t WHERE t.id = p.${thing} AND t.${sql.identifier(kind.owner)} = ${userId}))`);
  await tx.execute(sql`UPDATE ${shares} AS p SET user_id = ${userId} WHERE ${isPending}`);
}

/** Removes what hangs on a person or on their addresses (lower case). */
export async function forgetShares(
  tx: Db,
  kind: ShareKind,
  userId: string,
  addresses: readonly string[],
): Promise<void> {
  const known = JSON.stringify(addresses);
  await tx.execute(sql`DELETE FROM ${kind.shares} WHERE user_id = ${userId}
    OR email IN (SELECT json_array_elements_text(${known}::json))`);
  await tx.execute(sql`DELETE FROM ${kind.sends} WHERE sharer_id = ${userId}`);
}

/**
 * Whether two people share something: one's own that the other was given, or what both were given by a third. What
 * the other was given counts once they have opened it: sharing with somebody does not open their profile.
 */
export async function areRelated(
  db: Db,
  kind: ShareKind,
  { viewerId, personId }: { viewerId: string; personId: string },
  isLive: SQL,
): Promise<boolean> {
  const { shares, things } = kind;
  const thing = thingOf(kind);
  const owner = sql.identifier(kind.owner);
  const opened = sql`p.user_id = ${personId} AND p.opened_at IS NOT NULL`;
  const { rows } = await db.execute<{ isShared: boolean }>(sql`SELECT
    EXISTS (SELECT 1 FROM ${shares} AS v JOIN ${things} AS t ON t.id = v.${thing}
      WHERE v.user_id = ${viewerId} AND t.${owner} = ${personId} AND ${isLive})
    OR EXISTS (SELECT 1 FROM ${shares} AS p JOIN ${things} AS t ON t.id = p.${thing}
      WHERE ${opened} AND t.${owner} = ${viewerId} AND ${isLive})
    OR EXISTS (SELECT 1 FROM ${shares} AS p JOIN ${shares} AS v ON v.${thing} = p.${thing}
      JOIN ${things} AS t ON t.id = p.${thing}
      WHERE ${opened} AND v.user_id = ${viewerId} AND ${isLive}) AS "isShared"`);
  return rows[0]?.isShared === true;
}
