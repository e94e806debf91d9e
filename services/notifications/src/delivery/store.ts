import { type Db, newId } from '@spacedly/kit';
import { and, eq, getTableColumns, inArray, notInArray, sql } from 'drizzle-orm';
import { deliveries, deliverySteps, pushSubscriptions, suppressions } from '../schema.ts';

const suppressedAt = sql<Date | null>`${suppressions.at}`.mapWith(suppressions.at);
const columns = { ...getTableColumns(deliveries), suppressedAt };
export type DeliveryRow = typeof deliveries.$inferSelect & { suppressedAt: Date | null };

/** How a try of a delivery ended, or what was decided about it. */
export interface Step {
  deliveryId: string;
  step: (typeof deliverySteps.$inferSelect)['step'];
  provider?: string | undefined;
  providerId?: string;
  error?: string;
  latencyMs?: number;
  at: Date;
}

/** The deliveries that exist, in no order, each with whether its address was refused before. */
export async function findDeliveries(db: Db, ids: readonly string[]): Promise<DeliveryRow[]> {
  return db
    .select(columns)
    .from(deliveries)
    .leftJoin(
      suppressions,
      and(
        eq(suppressions.channel, sql`${deliveries.channel}::text`),
        eq(suppressions.address, sql`lower(${deliveries.address})`),
      ),
    )
    .where(inArray(deliveries.id, [...ids]));
}

/**
 * Writes steps down and moves their deliveries on, in one statement; one that was sent stays sent.
 * Steps of a delivery that was deleted meanwhile go nowhere.
 */
export async function recordSteps(db: Db, steps: readonly Step[]): Promise<void> {
  if (steps.length === 0) return;
  const rows = JSON.stringify(steps.map((step, order) => ({ ...step, order, id: newId() })));
  await db.execute(sql`
    WITH tries AS MATERIALIZED (
      SELECT s.* FROM json_to_recordset(${rows}::json) AS s(
        "id" uuid, "deliveryId" uuid, "step" notifications.delivery_step, "provider" text,
        "providerId" text, "error" text, "latencyMs" integer, "at" timestamptz, "order" integer)
      JOIN ${deliveries} d ON d.id = s."deliveryId"
    ), written AS (
      INSERT INTO ${deliverySteps} (id, delivery_id, step, provider, provider_id, error, latency_ms, at)
      SELECT "id", "deliveryId", "step", "provider", "providerId", "error", "latencyMs", "at" FROM tries
    ), latest AS (
      SELECT "deliveryId", count("provider") AS handed,
             (array_agg("step" ORDER BY "order" DESC))[1] AS step, max("at") AS at
      FROM tries GROUP BY 1
    )
    UPDATE ${deliveries} AS d
    SET status = latest.step::text::notifications.delivery_status,
        attempts = d.attempts + latest.handed,
        sent_at = CASE WHEN latest.step = 'sent' THEN latest.at END
    FROM latest WHERE d.id = latest."deliveryId" AND d.status <> 'sent'`);
}

/** @returns false when another job has moved it on already */
export async function moveToNextTry(tx: Db, deliveryId: string, nextTry: number): Promise<boolean> {
  const moved = await tx
    .update(deliveries)
    .set({ nextTry, status: 'failed' })
    .where(and(eq(deliveries.id, deliveryId), notInArray(deliveries.status, ['sent', 'digested'])))
    .returning({ id: deliveries.id });
  return moved.length > 0;
}

type SuppressionRow = typeof suppressions.$inferInsert;

/** Leaves an address alone from now on; for a device that means to forget it. */
export async function suppress(tx: Db, row: SuppressionRow, subscriptionId: string | null): Promise<void> {
  if (subscriptionId !== null) {
    await tx.delete(pushSubscriptions).where(eq(pushSubscriptions.id, subscriptionId));
    return;
  }
  const { reason, provider, at } = row;
  await tx
    .insert(suppressions)
    .values({ ...row, address: row.address.toLowerCase() })
    .onConflictDoUpdate({
      target: [suppressions.channel, suppressions.address],
      set: { reason, provider, at },
    });
}

export async function liftSuppression(db: Db, channel: string, address: string): Promise<boolean> {
  const lifted = await db
    .delete(suppressions)
    .where(and(eq(suppressions.channel, channel), eq(suppressions.address, address.toLowerCase())))
    .returning({ address: suppressions.address });
  return lifted.length > 0;
}
