import { createHash } from 'node:crypto';
import { type Db, newId } from '@spacedly/kit';
import { and, asc, eq, inArray, lte } from 'drizzle-orm';
import type { DeliveryDraft } from '../fanout/plan.ts';
import type { RecipientRow } from '../preferences/store.ts';
import { deliveries, recipients } from '../schema.ts';

/** People whose next look is due, longest waiting first. */
export async function findDueRecipients(db: Db, now: Date, limit: number): Promise<RecipientRow[]> {
  return db
    .select()
    .from(recipients)
    .where(lte(recipients.checkAt, now))
    .orderBy(asc(recipients.checkAt))
    .limit(limit);
}

type Look = Partial<Pick<RecipientRow, 'timeZone' | 'digestDay' | 'weeklyDay' | 'checkAt'>>;

/** @returns false when somebody else has looked meanwhile */
export async function finishLook(tx: Db, { userId, checkAt }: RecipientRow, look: Look): Promise<boolean> {
  const updated = await tx
    .update(recipients)
    .set(look)
    .where(and(eq(recipients.userId, userId), eq(recipients.checkAt, checkAt)))
    .returning({ userId: recipients.userId });
  return updated.length > 0;
}

/** Has people looked at again at once, after their zone may have changed. */
export async function lookAgain(db: Db, userIds: readonly string[], now: Date): Promise<void> {
  await db
    .update(recipients)
    .set({ checkAt: now })
    .where(inArray(recipients.userId, [...userIds]));
}

/** The same for the same words, in the form of a UUID: a digest of a day is made once, whoever makes it. */
function idOf(...parts: string[]): string {
  const hex = createHash('sha256').update(parts.join(' ')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** @returns the new delivery, or null when there is one already */
export async function insertDaily(
  tx: Db,
  draft: DeliveryDraft,
  day: string,
  now: Date,
): Promise<string | null> {
  const eventId = idOf(draft.message.kind, draft.recipient, day);
  const [row] = await tx
    .insert(deliveries)
    .values({ ...draft, id: newId(), eventId, queuedAt: now })
    .onConflictDoNothing()
    .returning({ id: deliveries.id });
  return row?.id ?? null;
}
