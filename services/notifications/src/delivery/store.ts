import { type Db, newId } from '@spacedly/kit';
import { inArray, sql } from 'drizzle-orm';
import { deliveries, deliverySteps } from '../schema.ts';

export type DeliveryRow = typeof deliveries.$inferSelect;

/** How a try of a delivery ended. */
export interface Step {
  deliveryId: string;
  step: 'sent' | 'failed' | 'expired';
  provider?: string | undefined;
  providerId?: string;
  error?: string;
  latencyMs?: number;
  at: Date;
}

/** The deliveries that exist, in no order. */
export async function findDeliveries(db: Db, ids: readonly string[]): Promise<DeliveryRow[]> {
  return db
    .select()
    .from(deliveries)
    .where(inArray(deliveries.id, [...ids]));
}

/**
 * Writes down how tries ended and moves their deliveries on, in one statement; one that was sent stays sent.
 * Steps of a delivery that was deleted meanwhile go nowhere.
 */
export async function recordSteps(db: Db, steps: readonly Step[]): Promise<void> {
  const rows = JSON.stringify(steps.map((step) => ({ ...step, id: newId() })));
  await db.execute(sql`
    WITH tries AS MATERIALIZED (
      SELECT s.* FROM json_to_recordset(${rows}::json) AS s(
        "id" uuid, "deliveryId" uuid, "step" notifications.delivery_step, "provider" text,
        "providerId" text, "error" text, "latencyMs" integer, "at" timestamptz)
      JOIN ${deliveries} d ON d.id = s."deliveryId"
    ), written AS (
      INSERT INTO ${deliverySteps} (id, delivery_id, step, provider, provider_id, error, latency_ms, at)
      SELECT "id", "deliveryId", "step", "provider", "providerId", "error", "latencyMs", "at" FROM tries
    )
    UPDATE ${deliveries} AS d
    SET status = tries.step::text::notifications.delivery_status,
        attempts = d.attempts + 1,
        sent_at = CASE WHEN tries.step = 'sent' THEN tries.at END
    FROM tries WHERE d.id = tries."deliveryId" AND d.status <> 'sent'`);
}
