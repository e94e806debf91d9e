import { type Db, DELIVERY_QUEUE, type Platform } from '@spacedly/kit';
import { recordSteps, type Step } from '../delivery/store.ts';
import { isMuted, quietUntil, type Wants } from '../preferences/rules.ts';
import { findRecipients, insertRecipients, type RecipientRow } from '../preferences/store.ts';
import { findSubscriptions, type SubscriptionRow } from '../push/store.ts';
import { applyLimits } from './limits.ts';
import { type Plan, skip } from './plan.ts';
import {
  type InsertedDelivery,
  insertDeliveries,
  insertInbox,
  type NewDelivery,
  type NewInboxRow,
} from './store.ts';

export interface EventPlan {
  eventId: string;
  plan: Plan;
  /** Somebody we have not known before. */
  newcomer: Pick<RecipientRow, 'userId' | 'timeZone' | 'checkAt'> | null;
  /** The trace that goes on with its deliveries: one statement writes the plans of many. */
  traceparent?: string | undefined;
}

export interface WriteOptions {
  /** Whether pushes also go to the local mailbox. */
  hasMailbox: boolean;
}

type People = Map<string, RecipientRow>;

const wantsOf = (people: People, userId: string | null): Wants | undefined =>
  userId === null ? undefined : people.get(userId);

/** A push becomes one delivery for each device, so that each is tried, and given up, on its own. */
function toDevices(
  draft: NewDelivery,
  devices: readonly SubscriptionRow[],
  hasMailbox: boolean,
): NewDelivery[] {
  if (draft.channel !== 'push' || draft.skipped !== undefined) return [draft];
  const ofPerson = devices.filter(({ userId }) => userId === draft.userId);
  const copies = ofPerson.map(({ id, endpoint }) => ({
    ...draft,
    recipient: id,
    subscriptionId: id,
    address: new URL(endpoint).host,
  }));
  if (hasMailbox) return [draft, ...copies];
  return copies.length === 0 ? skip(draft) : copies;
}

/** What is to be sent, less what people switched off, held back where it is night. */
function draftsOf(plans: readonly EventPlan[], people: People, now: Date): NewDelivery[] {
  return plans.flatMap(({ eventId, plan }) =>
    plan.deliveries.flatMap((draft): NewDelivery[] => {
      const wants = wantsOf(people, draft.userId);
      if (draft.skipped !== undefined) return [{ ...draft, eventId }];
      if (isMuted(wants, draft.type, draft.channel)) return skip({ ...draft, eventId }, 'switched off');
      const heldUntil = draft.type === 'security' ? null : quietUntil(wants, now);
      return [{ ...draft, eventId, ...(heldUntil && { status: 'held', heldUntil }) }];
    }),
  );
}

/** Writes down why some deliveries go nowhere. @returns the others */
async function setAside(
  tx: Db,
  inserted: readonly InsertedDelivery[],
  at: Date,
): Promise<InsertedDelivery[]> {
  const steps = inserted.flatMap(({ id, skipped }): Step[] =>
    skipped === undefined ? [] : [{ deliveryId: id, step: 'skipped', error: skipped, at }],
  );
  await recordSteps(tx, steps);
  return inserted.filter(({ skipped }) => skipped === undefined);
}

async function writeDeliveries(
  tx: Db,
  platform: Platform,
  plans: readonly EventPlan[],
  people: People,
  { hasMailbox }: WriteOptions,
): Promise<void> {
  const drafts = draftsOf(plans, people, platform.now());
  const pushed = drafts.filter(({ channel }) => channel === 'push').map(({ userId }) => userId as string);
  const devices = await findSubscriptions(tx, [...new Set(pushed)]);
  const all = drafts.flatMap((draft) => toDevices(draft, devices, hasMailbox));
  const inserted = await insertDeliveries(tx, all, platform.now());
  const leaving = await applyLimits(tx, platform, await setAside(tx, inserted, platform.now()));
  const traces = new Map(plans.map(({ eventId, traceparent }) => [eventId, traceparent]));
  const jobs = leaving.map(({ id, eventId }) => ({ deliveryId: id, traceparent: traces.get(eventId) }));
  await platform.jobs.enqueue(tx, DELIVERY_QUEUE, jobs);
}

/** Inbox rows, deliveries and their jobs in one transaction; what an event has made before is not made again. */
export async function writePlans(
  platform: Platform,
  plans: readonly EventPlan[],
  options: WriteOptions,
): Promise<NewInboxRow[]> {
  const now = platform.now();
  return platform.database.db.transaction(async (tx) => {
    await insertRecipients(
      tx,
      plans.flatMap(({ newcomer }) => newcomer ?? []),
    );
    const userIds = plans.flatMap(({ plan }) =>
      [...plan.inbox, ...plan.deliveries].flatMap(({ userId }) => userId ?? []),
    );
    const people = await findRecipients(tx, [...new Set(userIds)]);
    const inbox = plans.flatMap(({ eventId, plan }) =>
      plan.inbox
        .filter(({ userId, type }) => !isMuted(wantsOf(people, userId), type, 'inApp'))
        .map((draft) => ({ ...draft, eventId })),
    );
    const inboxRows = await insertInbox(tx, inbox, now);
    await writeDeliveries(tx, platform, plans, people, options);
    return inboxRows;
  });
}
