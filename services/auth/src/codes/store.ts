import type { Db } from '@spacedly/kit';
import { and, eq, lt, sql } from 'drizzle-orm';
import { oneTimeCodes } from '../schema.ts';
import type { CodePurpose, CodeState, GuessUpdate } from './rules.ts';

export interface CodeKey {
  /** The address, lower case. */
  target: string;
  purpose: CodePurpose;
}

const isKey = ({ target, purpose }: CodeKey) =>
  and(eq(oneTimeCodes.target, target), eq(oneTimeCodes.purpose, purpose));

/**
 * The state of a code, locked until the transaction ends. The advisory lock covers addresses that have no row
 * yet, so that 50 parallel requests for a new address send one code.
 */
export async function lockCode(tx: Db, key: CodeKey): Promise<(CodeState & { payload: unknown }) | null> {
  await tx.execute(
    sql`SELECT pg_advisory_xact_lock(hashtextextended(${`code:${key.purpose}:${key.target}`}, 0))`,
  );
  const [row] = await tx.select().from(oneTimeCodes).where(isKey(key));
  return row ?? null;
}

export async function replaceCode(
  tx: Db,
  values: Omit<typeof oneTimeCodes.$inferInsert, 'guessHourStart'>,
): Promise<void> {
  await tx
    .insert(oneTimeCodes)
    .values({ ...values, guessHourStart: values.sentAt })
    .onConflictDoUpdate({
      target: [oneTimeCodes.target, oneTimeCodes.purpose],
      set: { ...values, wrongGuesses: 0 },
    });
}

export async function recordGuess(tx: Db, key: CodeKey, update: GuessUpdate): Promise<void> {
  const { keepsCode, ...counts } = update;
  await tx
    .update(oneTimeCodes)
    .set({ ...counts, ...(!keepsCode && { codeHmac: null, payload: null }) })
    .where(isKey(key));
}

/** Makes a code useless, for instance because the link in the same mail was used; its counts stay. */
export async function burnCode(tx: Db, key: CodeKey): Promise<void> {
  await tx.update(oneTimeCodes).set({ codeHmac: null, payload: null }).where(isKey(key));
}

/** Removes codes that expired before `before`; their counts are older than an hour by then. */
export async function deleteExpiredCodes(db: Db, before: Date): Promise<void> {
  await db.delete(oneTimeCodes).where(lt(oneTimeCodes.expiresAt, before));
}
