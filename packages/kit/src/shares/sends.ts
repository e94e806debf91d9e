import { MAX_SHARES_PER_DAY } from '@spacedly/contracts';
import { sql } from 'drizzle-orm';
import type { Db } from '../db/pool.ts';
import { newId } from '../ids.ts';
import { Problem } from '../problem.ts';
import { sha256 } from '../secrets.ts';
import type { ShareKind } from './kind.ts';

const DAY_MS = 86_400_000;
/** What one sharer can have sent to one recipient in a day, and what everybody together can. */
const MAX_FROM_ONE = 3;
const MAX_FROM_ALL = 20;
/** What is forgotten at once; more than is ever added between. */
const FORGOTTEN_AT_ONCE = 100;

interface Send {
  sharerId: string;
  /** User id, or the address in lower case. */
  recipient: string;
  now: Date;
}

type Counts = Record<'byAll' | 'byOne' | 'bySharer', number>;

/**
 * Counts what somebody shares anew.
 * @returns whether the recipient is to be told; beyond a few times a day they are not, and the sharer does not hear of it
 * @throws Problem SHARE_RATE
 */
export async function takeSend(
  tx: Db,
  kind: ShareKind,
  { sharerId, recipient, now }: Send,
): Promise<boolean> {
  const { sends } = kind;
  const hash = sha256(recipient);
  const since = new Date(now.getTime() - DAY_MS);
  // One at a time for each sharer: fifty in parallel would count the same.
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`shares:${sharerId}`}, 0))`);
  await tx.execute(sql`DELETE FROM ${sends} WHERE id IN (SELECT id FROM ${sends} WHERE sent_at <= ${since}
    ORDER BY sent_at LIMIT ${FORGOTTEN_AT_ONCE} FOR UPDATE SKIP LOCKED)`);
  const { rows } = await tx.execute<Counts>(sql`SELECT
    (SELECT count(*)::int FROM ${sends} WHERE sharer_id = ${sharerId} AND sent_at > ${since}) AS "bySharer",
    (SELECT count(*)::int FROM ${sends} WHERE recipient_hash = ${hash} AND sent_at > ${since}) AS "byAll",
    (SELECT count(*)::int FROM ${sends} WHERE recipient_hash = ${hash} AND sent_at > ${since}
      AND sharer_id = ${sharerId}) AS "byOne"`);
  const { bySharer, byAll, byOne } = rows[0] as Counts;
  if (bySharer >= MAX_SHARES_PER_DAY) {
    const detail = `At most ${MAX_SHARES_PER_DAY} a day`;
    throw new Problem('SHARE_RATE', { detail, retryAfterSeconds: DAY_MS / 1_000 });
  }
  await tx.execute(sql`INSERT INTO ${sends} (id, sharer_id, recipient_hash, sent_at)
    VALUES (${newId()}, ${sharerId}, ${hash}, ${now})`);
  return byOne < MAX_FROM_ONE && byAll < MAX_FROM_ALL;
}
