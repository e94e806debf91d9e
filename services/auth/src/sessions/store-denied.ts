import { type Db, DENIED_CHANNEL } from '@spacedly/kit';
import { sql } from 'drizzle-orm';
import { deniedSessions } from '../schema.ts';

/** Puts sessions, or personal tokens, on the deny list of every process; the signal leaves with the commit. */
export async function denySessions(tx: Db, ids: readonly string[], until: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .insert(deniedSessions)
    .values(ids.map((sessionId) => ({ sessionId, until })))
    .onConflictDoNothing();
  const seconds = Math.ceil(until.getTime() / 1_000);
  for (const id of ids) await tx.execute(sql`SELECT pg_notify(${DENIED_CHANNEL}, ${`${id} ${seconds}`})`);
}
