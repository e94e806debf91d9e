import type { Db, ExportSection } from '@spacedly/kit';
import { eq, inArray, like, or, type SQL, sql } from 'drizzle-orm';
import {
  counters,
  deliveries,
  inboxItems,
  mailboxMessages,
  pushSubscriptions,
  recipients,
  suppressions,
} from '../schema.ts';

/** What this service tells people about themselves. Codes in messages stay sealed. */
export const sections: readonly ExportSection[] = [
  { name: 'notifications', table: inboxItems, owner: inboxItems.userId, key: inboxItems.id },
  {
    name: 'preferences',
    table: recipients,
    owner: recipients.userId,
    key: recipients.userId,
    omit: ['checkAt'],
  },
  {
    name: 'push-subscriptions',
    table: pushSubscriptions,
    owner: pushSubscriptions.userId,
    key: pushSubscriptions.id,
    omit: ['p256dh', 'auth'],
  },
  { name: 'deliveries', table: deliveries, owner: deliveries.userId, key: deliveries.id },
];

/**
 * Removes all messages to a person, those included that were sent to an address before it was theirs to sign in with.
 * @param addresses lower case
 */
export async function deletePerson(tx: Db, userId: string, addresses: readonly string[]): Promise<void> {
  await tx.delete(inboxItems).where(eq(inboxItems.userId, userId));
  await tx.delete(recipients).where(eq(recipients.userId, userId));
  await tx.delete(pushSubscriptions).where(eq(pushSubscriptions.userId, userId));
  await tx.delete(counters).where(like(counters.key, `flood:${userId}:%`));
  const known = [...addresses];
  const isTheirs = or(
    eq(deliveries.userId, userId),
    known.length === 0 ? undefined : inArray(deliveries.recipient, known),
    known.length === 0 ? undefined : inArray(sql`lower(${deliveries.address})`, known),
  ) as SQL;
  const deleted = await tx.delete(deliveries).where(isTheirs).returning({ id: deliveries.id });
  const ids = deleted.map(({ id }) => id);
  if (ids.length > 0) await tx.delete(mailboxMessages).where(inArray(mailboxMessages.deliveryId, ids));
  if (known.length > 0) {
    await tx.delete(suppressions).where(inArray(suppressions.address, known));
    const keys = known.map((address) => `sms:number:${address}`);
    await tx.delete(counters).where(inArray(counters.key, keys));
    await tx.delete(mailboxMessages).where(inArray(sql`lower(${mailboxMessages.to})`, known));
  }
}
