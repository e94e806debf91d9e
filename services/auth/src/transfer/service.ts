import type { ExportedUser, ImportedUser, importOutcome } from '@spacedly/contracts';
import { newId } from '@spacedly/kit';
import type { z } from 'zod';
import { INSTALLATION, recordAudit } from '../audit/service.ts';
import type { AuthDeps } from '../deps.ts';
import { hashFormat } from '../passwords/formats.ts';
import { toAccount, toLine } from './rules.ts';
import { insertIfNew, listAfter } from './store.ts';

type Outcome = z.output<typeof importOutcome>;

/**
 * Adds accounts from another system, all in one transaction; what an account has already is left as it is, so that
 * a file can be imported again. Nobody is written to.
 */
export async function importUsers(
  { db, now }: AuthDeps,
  imported: readonly ImportedUser[],
): Promise<Outcome[]> {
  return db.transaction(async (tx) => {
    const at = now();
    const outcomes: Outcome[] = [];
    for (const user of imported) {
      if (user.passwordHash !== undefined && hashFormat(user.passwordHash) === null) {
        outcomes.push('unknown_hash');
        continue;
      }
      outcomes.push((await insertIfNew(tx, toAccount(user, newId(), at))) ? 'created' : 'exists');
    }
    const created = outcomes.filter((outcome) => outcome === 'created').length;
    const detail = { created };
    if (created > 0) {
      await recordAudit(tx, INSTALLATION, { action: 'users.imported', targetId: null, at, detail });
    }
    return outcomes;
  });
}

const PAGE = 500;

/** A page of all accounts with their password hashes; the first page is written into the audit log. */
export async function exportUsers(
  { db, now }: AuthDeps,
  after: string | undefined,
): Promise<{ items: ExportedUser[]; next: string | null }> {
  if (after === undefined) {
    await db.transaction((tx) =>
      recordAudit(tx, INSTALLATION, { action: 'users.exported', targetId: null, at: now() }),
    );
  }
  const rows = await listAfter(db, after, PAGE);
  return { items: rows.map(toLine), next: rows.length === PAGE ? (rows.at(-1)?.id ?? null) : null };
}
