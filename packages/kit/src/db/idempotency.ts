import { sql } from 'drizzle-orm';
import { Problem } from '../problem.ts';
import type { idempotencyTable } from './idempotency-table.ts';
import type { Db } from './pool.ts';

/** `Idempotency-Key` of a request: who, which key, and a hash of method, path and body. */
export interface IdempotencyClaim {
  userId: string;
  key: string;
  requestHash: string;
}

type Table = ReturnType<typeof idempotencyTable>;

/**
 * Runs `work` once per key: inside the transaction `tx` the key is claimed, the work done and its answer kept, so
 * that all three commit together. A parallel request with the same key waits for that commit and then gets the
 * same answer. Keys older than 24 hours count as new.
 * @throws Problem IDEMPOTENCY_KEY_REUSED when the key was used with another body
 */
export async function once<T>(
  tx: Db,
  table: Table,
  claim: IdempotencyClaim | null,
  work: () => Promise<T>,
): Promise<T> {
  if (claim === null) return work();
  const mine = sql`${table.userId} = ${claim.userId} AND ${table.key} = ${claim.key}`;
  await tx.delete(table).where(sql`${mine} AND ${table.createdAt} < now() - interval '24 hours'`);
  const claimed = await tx.insert(table).values(claim).onConflictDoNothing().returning({ key: table.key });
  if (claimed.length === 0) {
    const [first] = await tx.select().from(table).where(mine);
    if (first?.requestHash !== claim.requestHash) throw new Problem('IDEMPOTENCY_KEY_REUSED');
    return first.body as T;
  }
  const result = await work();
  await tx.update(table).set({ body: result }).where(mine);
  return result;
}
