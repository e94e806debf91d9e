import type { Db, ExportSection } from '@spacedly/kit';
import { eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { deliveries, inboxItems, mailboxMessages } from '../schema.ts';

/** What this service tells people about themselves. Codes in messages stay sealed. */
export const sections: readonly ExportSection[] = [
  { name: 'notifications', table: inboxItems, owner: inboxItems.userId, key: inboxItems.id },
  { name: 'deliveries', table: deliveries, owner: deliveries.userId, key: deliveries.id },
];

/**
 * Removes all messages to a person, those included that were sent to an address before it was theirs to sign in with.
 * @param addresses lower case
 */
export async function deletePerson(tx: Db, userId: string, addresses: readonly string[]): Promise<void> {
  await tx.delete(inboxItems).where(eq(inboxItems.userId, userId));
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
    await tx.delete(mailboxMessages).where(inArray(sql`lower(${mailboxMessages.to})`, known));
  }
}
