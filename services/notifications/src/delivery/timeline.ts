import type { TimelineEntry } from '@spacedly/contracts';
import type { Db } from '@spacedly/kit';
import { and, asc, eq, type SQL } from 'drizzle-orm';
import { deliveries, deliverySteps } from '../schema.ts';

/** An address as it may be shown again: enough to recognise it. */
function shorten(address: string): string {
  const [name = '', host] = address.split('@', 2);
  if (host !== undefined) return `${name.slice(0, 1)}…@${host}`;
  return /^\+\d+$/.test(address) ? `${address.slice(0, 3)}…${address.slice(-2)}` : address;
}

/** What happened to deliveries, oldest first. */
async function readTimeline(db: Db, where: SQL | undefined): Promise<TimelineEntry[]> {
  const rows = await db
    .select({ delivery: deliveries, step: deliverySteps })
    .from(deliveries)
    .leftJoin(deliverySteps, eq(deliverySteps.deliveryId, deliveries.id))
    .where(where)
    .orderBy(asc(deliverySteps.at), asc(deliverySteps.id))
    .limit(MAX_STEPS);
  const queued = new Map(rows.map(({ delivery }) => [delivery.id, delivery]));
  const about = ({ channel, address }: typeof deliveries.$inferSelect) => ({
    channel,
    address: shorten(address),
  });
  const nothing = { provider: null, providerId: null, error: null, latencyMs: null };
  const begin = [...queued.values()].map((delivery) => ({
    at: delivery.queuedAt.toISOString(),
    step: 'queued' as const,
    ...about(delivery),
    ...nothing,
  }));
  const steps = rows.flatMap(({ delivery, step }) => {
    if (step === null) return [];
    const { provider, providerId, error, latencyMs } = step;
    return [
      {
        at: step.at.toISOString(),
        step: step.step,
        ...about(delivery),
        provider,
        providerId,
        error,
        latencyMs,
      },
    ];
  });
  // Stable: what was queued at the instant of its first step stays before it.
  return [...begin, ...steps].sort((a, b) => a.at.localeCompare(b.at));
}

/** A reminder that was moved often has had many messages; nobody reads more than this. */
const MAX_STEPS = 500;

/** Scoped by owner: another person's reminder has no messages. */
export function findReminderTimeline(
  db: Db,
  { userId, reminderId }: { userId: string; reminderId: string },
): Promise<TimelineEntry[]> {
  return readTimeline(db, and(eq(deliveries.reminderId, reminderId), eq(deliveries.userId, userId)));
}

export function findDeliveryTimeline(db: Db, deliveryId: string): Promise<TimelineEntry[]> {
  return readTimeline(db, eq(deliveries.id, deliveryId));
}
