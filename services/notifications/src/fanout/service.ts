import { DELIVERY_QUEUE, type Platform } from '@spacedly/kit';
import { sql } from 'drizzle-orm';
import { fromDrizzle } from 'pg-boss';
import { batched } from '../batch.ts';
import { forgetPerson } from '../people/service.ts';
import { announce } from '../stream/announce.ts';
import type { FindContact } from './contacts.ts';
import { parseEvent, personOf } from './events.ts';
import type { Plan } from './plan.ts';
import { planMessages } from './rules.ts';
import { insertDeliveries, insertInbox, type NewInboxRow } from './store.ts';

/** The data of a job on the delivery queue. */
export interface DeliveryJob {
  deliveryId: string;
}

interface EventPlan {
  eventId: string;
  plan: Plan;
}

/** Events written in one transaction at most. */
const MAX_EVENTS = 100;

/** Inbox rows, deliveries and their jobs in one transaction; what an event has made before is not made again. */
async function writePlans(platform: Platform, plans: readonly EventPlan[]): Promise<NewInboxRow[]> {
  const { database, jobs } = platform;
  const now = platform.now();
  const inbox = plans.flatMap(({ eventId, plan }) => plan.inbox.map((draft) => ({ ...draft, eventId })));
  const deliveries = plans.flatMap(({ eventId, plan }) =>
    plan.deliveries.map((draft) => ({ ...draft, eventId })),
  );
  return database.db.transaction(async (tx) => {
    const inboxRows = await insertInbox(tx, inbox, now);
    const deliveryIds = await insertDeliveries(tx, deliveries, now);
    if (deliveryIds.length > 0) {
      const queued = deliveryIds.map((deliveryId) => ({ data: { deliveryId } satisfies DeliveryJob }));
      await jobs.boss.insert(DELIVERY_QUEUE, queued, { db: fromDrizzle(tx, sql) });
    }
    return inboxRows;
  });
}

/**
 * Makes the handler that turns one event into messages. Safe to run again for the same event.
 * It throws PoisonEvent for what cannot be understood and Problem UNAVAILABLE when the auth service does not answer.
 */
export function createFanout(platform: Platform, findContact: FindContact): (raw: unknown) => Promise<void> {
  const write = batched<EventPlan, void>(async (plans) => {
    await announce(platform, await writePlans(platform, plans));
    return [];
  }, MAX_EVENTS);

  return async (raw) => {
    const event = parseEvent(raw);
    if (event.name === 'user.purged') return forgetPerson(platform, event);
    const userId = personOf(event);
    const contact = userId === null ? null : await findContact(userId);
    if (userId !== null && contact === null) {
      const about = { eventId: event.id, event: event.name, userId };
      platform.log.info(about, 'nobody to notify: the account is gone');
      return;
    }
    await write({ eventId: event.id, plan: planMessages(event, contact) });
  };
}
