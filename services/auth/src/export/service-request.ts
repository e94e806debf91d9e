import { EXPORT_QUEUE, newId, Problem } from '@spacedly/kit';
import { lockUser } from '../accounts/store.ts';
import { type Actor, recordAudit } from '../audit/service.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { recordEvent } from '../events-log/store.ts';
import { consume } from '../limits/counters.ts';
import { archiveKey, STALE_MS } from './rules.ts';
import { type ExportRow, findExport, findPending, insertExport } from './store.ts';

const PER_DAY = { max: 5, windowMs: 86_400_000 };

/**
 * Asks for an archive of everything about a person. While one is being made, that one is the answer.
 * @throws Problem TOO_MANY_EXPORTS after five in a day
 */
export async function requestExport(
  { db, outbox, now }: AuthDeps,
  actor: Actor,
  userId: string,
  origin: Origin,
): Promise<ExportRow> {
  return db.transaction(async (tx) => {
    const user = await lockUser(tx, userId);
    if (user === null || user.deletedAt !== null) throw new Problem('UNAUTHENTICATED');
    const at = now();
    const pending = await findPending(tx, userId, at);
    if (pending !== null) return pending;
    const { isAllowed, retryAfterSeconds } = await consume(tx, `export:${userId}`, PER_DAY, at);
    if (!isAllowed) throw new Problem('TOO_MANY_EXPORTS', { retryAfterSeconds });
    const expiresAt = new Date(at.getTime() + STALE_MS);
    const row = await insertExport(tx, { id: newId(), userId, createdAt: at, expiresAt });
    await outbox.enqueue(tx, EXPORT_QUEUE, { exportId: row.id });
    await recordAudit(tx, actor, { action: 'user.exported', targetId: userId, at });
    await recordEvent(tx, { userId, type: 'data_exported', origin, now: at });
    return row;
  });
}

/**
 * The finished archive of a person.
 * @throws Problem EXPORT_NOT_FOUND when it is not theirs or not ready, EXPORT_EXPIRED
 */
export async function openExport({ db, storage, now }: AuthDeps, where: { userId: string; id: string }) {
  const row = await findExport(db, where);
  if (row === null || row.status !== 'READY') throw new Problem('EXPORT_NOT_FOUND');
  const file = now() < row.expiresAt ? await storage.get(archiveKey(row)) : null;
  if (file === null) throw new Problem('EXPORT_EXPIRED');
  return { row, file };
}
