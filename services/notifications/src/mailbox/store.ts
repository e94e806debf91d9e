import { type Db, newId } from '@spacedly/kit';
import { and, desc, gte, lt, sql } from 'drizzle-orm';
import type { OutgoingMessage } from '../delivery/provider.ts';
import { mailboxMessages } from '../schema.ts';

export type MailboxRow = typeof mailboxMessages.$inferSelect;

/** Messages kept; older ones are deleted. */
export const MAX_MESSAGES = 1_000;

export interface MailboxFilter {
  /** Address, compared without regard to case. */
  to?: string | undefined;
  /** Only messages of this instant or later. */
  since?: string | undefined;
  limit: number;
}

/** Keeps messages, each once per delivery; gives back the ids they have in the mailbox, in the same order. */
export async function insertMessages(
  db: Db,
  messages: readonly OutgoingMessage[],
  now: Date,
): Promise<string[]> {
  const rows = await db
    .insert(mailboxMessages)
    .values(messages.map((message) => ({ ...message, id: newId(), createdAt: now })))
    // An update that changes nothing, because DO NOTHING would not tell the id of the first one.
    .onConflictDoUpdate({
      target: mailboxMessages.deliveryId,
      set: { deliveryId: sql`excluded.delivery_id` },
    })
    .returning({ id: mailboxMessages.id, deliveryId: mailboxMessages.deliveryId });
  const ids = new Map(rows.map(({ id, deliveryId }) => [deliveryId, id]));
  return messages.map(({ deliveryId }) => ids.get(deliveryId) as string);
}

/** Newest first. */
export async function findMessages(db: Db, { to, since, limit }: MailboxFilter): Promise<MailboxRow[]> {
  return db
    .select()
    .from(mailboxMessages)
    .where(
      and(
        to === undefined ? undefined : sql`lower(${mailboxMessages.to}) = lower(${to})`,
        since === undefined ? undefined : gte(mailboxMessages.createdAt, new Date(since)),
      ),
    )
    .orderBy(desc(mailboxMessages.id))
    .limit(limit);
}

/** Deletes all but the newest messages. */
export async function deleteOldMessages(db: Db, keep = MAX_MESSAGES): Promise<void> {
  const oldestToKeep = db
    .select({ id: mailboxMessages.id })
    .from(mailboxMessages)
    .orderBy(desc(mailboxMessages.id))
    .offset(keep - 1)
    .limit(1);
  await db.delete(mailboxMessages).where(lt(mailboxMessages.id, sql`(${oldestToKeep})`));
}
