import { type Db, newId } from '@spacedly/kit';
import { deliveries, inboxItems } from '../schema.ts';
import type { DeliveryDraft, InboxDraft } from './plan.ts';

/** A draft with the event it comes from. */
export type FromEvent<T> = T & { eventId: string };

export interface NewInboxRow {
  userId: string;
  id: string;
}

/** Adds inbox rows; those the event has already made are left alone and not returned. */
export async function insertInbox(
  db: Db,
  drafts: readonly FromEvent<InboxDraft>[],
  now: Date,
): Promise<NewInboxRow[]> {
  if (drafts.length === 0) return [];
  return db
    .insert(inboxItems)
    .values(drafts.map((draft) => ({ ...draft, id: newId(), createdAt: now })))
    .onConflictDoNothing({ target: [inboxItems.eventId, inboxItems.userId] })
    .returning({ userId: inboxItems.userId, id: inboxItems.id });
}

/** Adds deliveries; those the event has already made are left alone. Gives back the ids of the new ones. */
export async function insertDeliveries(
  db: Db,
  drafts: readonly FromEvent<DeliveryDraft>[],
  now: Date,
): Promise<string[]> {
  if (drafts.length === 0) return [];
  const inserted = await db
    .insert(deliveries)
    .values(drafts.map((draft) => ({ ...draft, id: newId(), queuedAt: now })))
    .onConflictDoNothing({ target: [deliveries.eventId, deliveries.recipient, deliveries.channel] })
    .returning({ id: deliveries.id });
  return inserted.map(({ id }) => id);
}
