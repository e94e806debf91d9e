import { type Db, newId } from '@spacedly/kit';
import { eq, ne, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { deliveries, deliverySteps } from '../schema.ts';

export type DeliveryRow = typeof deliveries.$inferSelect;

/** How a try ended. */
export interface Step {
  step: 'sent' | 'failed' | 'expired';
  provider?: string | undefined;
  providerId?: string;
  error?: string;
  latencyMs?: number;
}

export async function findDelivery(db: Db, id: string): Promise<DeliveryRow | undefined> {
  const [row] = await db.select().from(deliveries).where(eq(deliveries.id, id));
  return row;
}

/** Writes how a try ended and moves the delivery on; one that was sent stays sent. */
export async function recordStep(
  db: NodePgDatabase,
  { deliveryId, now, ...step }: Step & { deliveryId: string; now: Date },
): Promise<void> {
  const isSent = step.step === 'sent';
  await db.transaction(async (tx) => {
    await tx.insert(deliverySteps).values({ ...step, id: newId(), deliveryId, at: now });
    await tx
      .update(deliveries)
      .set({
        status: step.step,
        attempts: sql`${deliveries.attempts} + 1`,
        ...(isSent && { sentAt: now }),
      })
      .where(sql`${eq(deliveries.id, deliveryId)} AND ${ne(deliveries.status, 'sent')}`);
  });
}
