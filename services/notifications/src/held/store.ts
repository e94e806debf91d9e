import { type Db, newId } from '@spacedly/kit';
import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import { deliveries } from '../schema.ts';

export type HeldRow = typeof deliveries.$inferSelect;

/** A person's channel with messages whose wait is over; pushes wait for each device apart. */
export type HeldGroup = Pick<HeldRow, 'channel' | 'subscriptionId'> & { userId: string };

/** Whose messages may leave, longest waiting first. */
export async function findReleasable(db: Db, now: Date, limit: number): Promise<HeldGroup[]> {
  const rows = await db
    .select({
      userId: deliveries.userId,
      channel: deliveries.channel,
      subscriptionId: deliveries.subscriptionId,
    })
    .from(deliveries)
    .where(and(eq(deliveries.status, 'held'), lte(deliveries.heldUntil, now)))
    .groupBy(deliveries.userId, deliveries.channel, deliveries.subscriptionId)
    .orderBy(sql`min(${deliveries.heldUntil})`)
    .limit(limit);
  return rows as HeldGroup[];
}

/** A group's messages, locked; those that another process is about to release are not among them. */
export async function lockHeld(
  tx: Db,
  { userId, channel, subscriptionId }: HeldGroup,
  now: Date,
): Promise<HeldRow[]> {
  const isDevice =
    subscriptionId === null
      ? isNull(deliveries.subscriptionId)
      : eq(deliveries.subscriptionId, subscriptionId);
  return tx
    .select()
    .from(deliveries)
    .where(
      and(
        eq(deliveries.status, 'held'),
        lte(deliveries.heldUntil, now),
        eq(deliveries.userId, userId),
        eq(deliveries.channel, channel),
        isDevice,
      ),
    )
    .orderBy(asc(deliveries.id))
    .limit(MAX_IN_DIGEST)
    .for('update', { skipLocked: true });
}

/** A digest with more than this is no help. */
const MAX_IN_DIGEST = 100;

export async function releaseOne(tx: Db, id: string): Promise<void> {
  await tx.update(deliveries).set({ status: 'queued', heldUntil: null }).where(eq(deliveries.id, id));
}

/** Adds the digest that stands for held messages. */
export async function insertDigest(
  tx: Db,
  first: HeldRow,
  message: HeldRow['message'],
  now: Date,
): Promise<string> {
  const { recipient, channel, userId, subscriptionId, address, locale, timeZone } = first;
  const person = { recipient, channel, userId, subscriptionId, address, locale, timeZone };
  const id = newId();
  await tx
    .insert(deliveries)
    .values({ id, eventId: newId(), ...person, type: 'general', message, queuedAt: now });
  return id;
}

/** A push address, locale and so on are those of the last message: it knows the person best. */
export async function markDigested(tx: Db, ids: readonly string[]): Promise<void> {
  await tx
    .update(deliveries)
    .set({ status: 'digested', heldUntil: null })
    .where(inArray(deliveries.id, [...ids]));
}
