import type { PushSubscription, pushSubscriptionBody } from '@spacedly/contracts';
import { clientOf, createOutboundGuard, type Platform, Problem } from '@spacedly/kit';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { countSubscriptions, type SubscriptionRow, saveSubscription } from './store.ts';

/** More devices than anybody has; each of them costs a message. */
const MAX_DEVICES = 20;
const MAX_USER_AGENT = 300;

export function presentSubscription({
  id,
  endpoint,
  userAgent,
  createdAt,
}: SubscriptionRow): PushSubscription {
  const service = new URL(endpoint).host;
  return { id, service, userAgent, ...clientOf(userAgent), createdAt: createdAt.toISOString() };
}

/**
 * Has a device get push messages. The same device again moves to whoever is signed in on it now.
 * @throws Problem PUSH_ENDPOINT_REFUSED, TOO_MANY_DEVICES
 */
export async function subscribe(
  { database, config, now }: Platform,
  { userId, userAgent }: { userId: string; userAgent: string },
  { endpoint, keys }: z.output<typeof pushSubscriptionBody>,
): Promise<{ row: SubscriptionRow; isNew: boolean }> {
  const refusal = createOutboundGuard(config.PRIVATE_HOSTS_ALLOWED).refusalOf(endpoint);
  if (refusal !== null) throw new Problem('PUSH_ENDPOINT_REFUSED', { detail: refusal });
  return database.db.transaction(async (tx) => {
    // One after the other for each person, or parallel requests would all see room for one more.
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`push:${userId}`}, 0))`);
    const values = {
      userId,
      endpoint,
      ...keys,
      userAgent: userAgent.slice(0, MAX_USER_AGENT),
      createdAt: now(),
    };
    const saved = await saveSubscription(tx, values);
    if ((await countSubscriptions(tx, userId)) > MAX_DEVICES) throw new Problem('TOO_MANY_DEVICES');
    return saved;
  });
}
