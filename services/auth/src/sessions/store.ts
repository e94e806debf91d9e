import type { Db } from '@spacedly/kit';
import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, ne, or } from 'drizzle-orm';
import { deniedSessions, refreshTokens, sessions, users } from '../schema.ts';
import { denySessions } from './store-denied.ts';

export type SessionRow = typeof sessions.$inferSelect;
export type RefreshRow = typeof refreshTokens.$inferSelect;

export async function insertSession(tx: Db, row: typeof sessions.$inferInsert): Promise<void> {
  await tx.insert(sessions).values(row);
}

export async function insertRefreshToken(tx: Db, row: typeof refreshTokens.$inferInsert): Promise<void> {
  await tx.insert(refreshTokens).values(row);
}

/**
 * A refresh token with its session and person. The session is locked, so that parallel uses of one family are
 * judged one after the other; the token is read under that lock.
 */
export async function lockRefreshToken(tx: Db, tokenHash: string) {
  const isToken = eq(refreshTokens.tokenHash, tokenHash);
  const family = tx.select({ id: refreshTokens.sessionId }).from(refreshTokens).where(isToken);
  const [session] = await tx.select().from(sessions).where(inArray(sessions.id, family)).for('update');
  if (session === undefined) return null;
  const [found] = await tx
    .select({ token: refreshTokens, user: users })
    .from(refreshTokens)
    .innerJoin(users, eq(users.id, session.userId))
    .where(isToken);
  return found === undefined ? null : { ...found, session };
}

export async function isRotated(tx: Db, tokenHash: string): Promise<boolean> {
  const [row] = await tx
    .select({ rotatedAt: refreshTokens.rotatedAt })
    .from(refreshTokens)
    .where(eq(refreshTokens.tokenHash, tokenHash));
  return row !== undefined && row.rotatedAt !== null;
}

export async function markRotated(tx: Db, tokenHash: string, now: Date): Promise<void> {
  await tx.update(refreshTokens).set({ rotatedAt: now }).where(eq(refreshTokens.tokenHash, tokenHash));
}

export async function touchSession(tx: Db, sessionId: string, ip: string, now: Date): Promise<void> {
  await tx.update(sessions).set({ lastSeenAt: now, ip }).where(eq(sessions.id, sessionId));
}

export async function findSession(db: Db, sessionId: string): Promise<SessionRow | null> {
  const [row] = await db.select().from(sessions).where(eq(sessions.id, sessionId));
  return row ?? null;
}

export async function listSessions(db: Db, userId: string, now: Date): Promise<SessionRow[]> {
  return db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt), gt(sessions.endsAt, now)))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id))
    .limit(100);
}

/**
 * Ends live sessions of a person (one, or all, with those in which they act for others) and puts them on the deny
 * list. @returns how many ended
 */
export async function endSessions(
  tx: Db,
  where: { userId: string; sessionId?: string; exceptSessionId?: string },
  now: Date,
  deniedUntil: Date,
): Promise<number> {
  const ended = await tx
    .update(sessions)
    .set({ endedAt: now })
    .where(
      and(
        where.sessionId === undefined
          ? or(eq(sessions.userId, where.userId), eq(sessions.impersonatedBy, where.userId))
          : and(eq(sessions.userId, where.userId), eq(sessions.id, where.sessionId)),
        isNull(sessions.endedAt),
        where.exceptSessionId === undefined ? undefined : ne(sessions.id, where.exceptSessionId),
      ),
    )
    .returning({ id: sessions.id });
  const ids = ended.map(({ id }) => id);
  await denySessions(tx, ids, deniedUntil);
  return ids.length;
}

export async function listDeniedSessions(db: Db, now: Date) {
  return db.select().from(deniedSessions).where(gt(deniedSessions.until, now));
}

/** Removes refresh tokens that were rotated and would have expired by now; reuse of a younger one is still noticed. */
export async function deleteRotatedTokens(db: Db, now: Date): Promise<void> {
  await db
    .delete(refreshTokens)
    .where(and(isNotNull(refreshTokens.rotatedAt), lt(refreshTokens.expiresAt, now)));
}

/** Removes what no longer matters: expired deny rows, and sessions that ended or ran out before `before`. */
export async function deleteOldSessions(db: Db, before: Date): Promise<void> {
  await db.delete(deniedSessions).where(lt(deniedSessions.until, before));
  const old = db.select({ id: sessions.id }).from(sessions).where(lt(sessions.endsAt, before));
  await db.delete(sessions).where(inArray(sessions.id, old));
}
