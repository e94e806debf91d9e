import type { Db, Platform } from '@spacedly/kit';
import { recordSteps, type Step } from '../delivery/store.ts';
import { take } from '../held/counters.ts';
import { floodClaim, SMS_DAY_KEY, smsClaims } from '../held/rules.ts';
import { findSmsStop, stopSms } from '../held/sms-stop.ts';
import { holdDeliveries, type InsertedDelivery } from './store.ts';

/** What a message cannot be sent over because it would cost too much. */
async function capSms(
  tx: Db,
  { config, log, now }: Platform,
  rows: readonly InsertedDelivery[],
): Promise<Step[]> {
  if (rows.length === 0) return [];
  const at = now();
  const capped = (row: InsertedDelivery, error: string): Step => ({
    deliveryId: row.id,
    step: 'capped',
    error,
    at,
  });
  const stop = await findSmsStop(tx);
  if (stop !== undefined) return rows.map((row) => capped(row, 'all SMS are stopped'));
  const ipOf = ({ message }: InsertedDelivery) => (message as { ip?: string | null }).ip ?? null;
  const verdicts = await take(
    tx,
    rows.map((row) => smsClaims(config, row.address, ipOf(row))),
    at,
  );
  if (verdicts.some(({ exceeded }) => exceeded === SMS_DAY_KEY)) {
    const reason = `more than ${config.SMS_PER_DAY} SMS in a day`;
    await stopSms(tx, reason, at);
    log.error({ reason }, 'all SMS are stopped until an admin lifts it');
  }
  return rows.flatMap((row, index) => {
    const { exceeded = null } = verdicts[index] ?? {};
    return exceeded === null ? [] : [capped(row, `too many SMS: ${exceeded.split(':')[1]}`)];
  });
}

/** Holds back what goes beyond a person's messages of an hour; an event counts once for all devices. */
async function holdFloods(
  tx: Db,
  { config, now }: Platform,
  rows: readonly InsertedDelivery[],
): Promise<{ id: string; until: Date }[]> {
  const events = [
    ...Map.groupBy(rows, ({ eventId, userId, channel }) => `${eventId} ${userId} ${channel}`).values(),
  ];
  const claims = events.map(([first]) => {
    const { userId, channel } = first as InsertedDelivery;
    return [floodClaim(config, userId as string, channel)];
  });
  const verdicts = await take(tx, claims, now());
  return events.flatMap((same, index) => {
    const until = verdicts[index]?.until ?? null;
    return until === null ? [] : same.map(({ id }) => ({ id, until }));
  });
}

/** Applies every limit to new deliveries. @returns those that may leave now */
export async function applyLimits(
  tx: Db,
  platform: Platform,
  rows: readonly InsertedDelivery[],
): Promise<InsertedDelivery[]> {
  const at = platform.now();
  const quiet = rows.filter(({ status }) => status === 'held');
  const open = rows.filter(({ status }) => status !== 'held');
  const isLimited = ({ type, userId }: InsertedDelivery) => type !== 'security' && userId !== null;
  const flooded = await holdFloods(tx, platform, open.filter(isLimited));
  await holdDeliveries(tx, flooded);
  const held = new Set(flooded.map(({ id }) => id));
  const leaving = open.filter(({ id }) => !held.has(id));
  const capped = await capSms(
    tx,
    platform,
    leaving.filter(({ channel }) => channel === 'sms'),
  );
  const waiting: Step[] = [
    ...quiet.map(({ id }) => ({ deliveryId: id, step: 'held' as const, error: 'quiet hours', at })),
    ...flooded.map(({ id }) => ({ deliveryId: id, step: 'held' as const, error: 'a flood of messages', at })),
  ];
  await recordSteps(tx, [...waiting, ...capped]);
  const refused = new Set(capped.map(({ deliveryId }) => deliveryId));
  return leaving.filter(({ id }) => !refused.has(id));
}
