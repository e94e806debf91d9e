import { type Db, newId } from '@spacedly/kit';
import { inArray, sql } from 'drizzle-orm';
import { deliveries, inboxItems } from '../schema.ts';
import type { DeliveryDraft, InboxDraft } from './plan.ts';

/** A draft with the event it comes from. */
export type FromEvent<T> = T & { eventId: string };

export interface NewInboxRow {
  userId: string;
  id: string;
}

/**
 * Adds inbox rows; those the event has already made are left alone and not returned. The rows travel as one JSON: as a
 * parameter for each value, of which a hundred rows have a thousand, the statement took a fifth of the fan-out to write.
 */
export async function insertInbox(
  db: Db,
  drafts: readonly FromEvent<InboxDraft>[],
  now: Date,
): Promise<NewInboxRow[]> {
  if (drafts.length === 0) return [];
  const rows = JSON.stringify(drafts.map((draft) => ({ ...draft, id: newId() })));
  const inserted = await db.execute<{ [K in keyof NewInboxRow]: NewInboxRow[K] }>(sql`
    INSERT INTO ${inboxItems} (id, user_id, event_id, type, title, body, task_id, reminder_id, doc_id, created_at)
    SELECT "id", "userId", "eventId", "type", "title", "body", "taskId", "reminderId", "docId", ${now}
    FROM json_to_recordset(${rows}::json) AS d(
      "id" uuid, "userId" uuid, "eventId" uuid, "type" notifications.notification_type, "title" text, "body" text,
      "taskId" uuid, "reminderId" uuid, "docId" uuid)
    ON CONFLICT (event_id, user_id) DO NOTHING
    RETURNING user_id AS "userId", id`);
  return inserted.rows;
}

/** A delivery to be, and how it begins. */
export type NewDelivery = FromEvent<DeliveryDraft> &
  Partial<Pick<typeof deliveries.$inferSelect, 'status' | 'heldUntil'>>;
/** A delivery that is new. */
export type InsertedDelivery = NewDelivery & Pick<typeof deliveries.$inferSelect, 'id' | 'status'>;

/** Adds deliveries; those the event has already made are left alone. Gives back the new ones. */
export async function insertDeliveries(
  db: Db,
  drafts: readonly NewDelivery[],
  now: Date,
): Promise<InsertedDelivery[]> {
  if (drafts.length === 0) return [];
  const rows = drafts.map((draft): InsertedDelivery => ({ status: 'queued', ...draft, id: newId() }));
  const inserted = await db.execute<{ id: string }>(sql`
    INSERT INTO ${deliveries} (id, event_id, recipient, channel, type, user_id, reminder_id, subscription_id, address,
      locale, time_zone, message, status, held_until, queued_at)
    SELECT "id", "eventId", "recipient", "channel", "type", "userId", "reminderId", "subscriptionId", "address",
      "locale", "timeZone", "message", "status", "heldUntil", ${now}
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS d(
      "id" uuid, "eventId" uuid, "recipient" text, "channel" notifications.channel,
      "type" notifications.notification_type, "userId" uuid, "reminderId" uuid, "subscriptionId" uuid, "address" text,
      "locale" text, "timeZone" text, "message" jsonb, "status" notifications.delivery_status, "heldUntil" timestamptz)
    ON CONFLICT (event_id, recipient, channel) DO NOTHING
    RETURNING id`);
  const isNew = new Set(inserted.rows.map(({ id }) => id));
  return rows.filter(({ id }) => isNew.has(id));
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
