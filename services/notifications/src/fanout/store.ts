import { type Db, newId } from '@spacedly/kit';
import { inArray } from 'drizzle-orm';
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

/** A delivery to be, and how it begins. */
export type NewDelivery = FromEvent<DeliveryDraft> &
  Pick<typeof deliveries.$inferInsert, 'status' | 'heldUntil'>;
export type InsertedDelivery = typeof deliveries.$inferSelect;

/** Adds deliveries; those the event has already made are left alone. Gives back the new ones. */
export async function insertDeliveries(
  db: Db,
  drafts: readonly NewDelivery[],
  now: Date,
): Promise<InsertedDelivery[]> {
  if (drafts.length === 0) return [];
  return db
    .insert(deliveries)
    .values(drafts.map((draft) => ({ ...draft, id: newId(), queuedAt: now })))
    .onConflictDoNothing({ target: [deliveries.eventId, deliveries.recipient, deliveries.channel] })
    .returning();
}

/** Holds deliveries back until an instant each. */
export async function holdDeliveries(tx: Db, held: readonly { id: string; until: Date }[]): Promise<void> {
  for (const [until, same] of Map.groupBy(held, (one) => one.until.getTime())) {
    const ids = same.map(({ id }) => id);
    await tx
      .update(deliveries)
      .set({ status: 'held', heldUntil: new Date(until) })
      .where(inArray(deliveries.id, ids));
  }
}
