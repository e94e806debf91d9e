import type { Contact, EventEnvelope } from '@spacedly/contracts';
import { DELIVERY_QUEUE, type Platform } from '@spacedly/kit';
import { sql } from 'drizzle-orm';
import { fromDrizzle } from 'pg-boss';
import { INBOX_CHANNEL } from '../stream/hub.ts';
import type { FindContact } from './contacts.ts';
import { parseEvent, personOf } from './events.ts';
import { type Plan, planMessages } from './rules.ts';
import { insertDeliveries, insertInbox, type NewInboxRow } from './store.ts';

/** The data of a job on the delivery queue. */
export interface DeliveryJob {
  deliveryId: string;
}

/** Inbox rows, deliveries and their jobs in one transaction; what the event has made before is not made again. */
async function writePlan(platform: Platform, event: EventEnvelope, plan: Plan): Promise<NewInboxRow[]> {
  const { database, jobs, now } = platform;
  const at = { eventId: event.id, now: now() };
  return database.db.transaction(async (tx) => {
    const inboxRows = await insertInbox(tx, plan.inbox, at);
    const deliveryIds = await insertDeliveries(tx, plan.deliveries, at);
    if (deliveryIds.length > 0) {
      const queued = deliveryIds.map((deliveryId) => ({ data: { deliveryId } satisfies DeliveryJob }));
      await jobs.boss.insert(DELIVERY_QUEUE, queued, { db: fromDrizzle(tx, sql) });
    }
    return inboxRows;
  });
}

/**
 * Turns one event into messages. Safe to run again for the same event.
 * @throws PoisonEvent for what cannot be understood; Problem UNAVAILABLE when the auth service does not answer
 */
export async function fanOut(platform: Platform, findContact: FindContact, raw: unknown): Promise<void> {
  const { log, signals } = platform;
  const event = parseEvent(raw);
  const userId = personOf(event);
  let contact: Contact | null = null;
  if (userId !== null) {
    contact = await findContact(userId);
    if (contact === null) {
      log.info({ eventId: event.id, event: event.name, userId }, 'nobody to notify: the account is gone');
      return;
    }
  }
  const created = await writePlan(platform, event, planMessages(event, contact));
  for (const row of created) await signals.publish(INBOX_CHANNEL, `${row.userId} ${row.id}`);
}
