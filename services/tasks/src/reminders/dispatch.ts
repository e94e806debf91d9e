import type { EventData } from '@spacedly/contracts';
import type { TasksDeps } from '../deps.ts';
import type { ReminderMeter } from './metrics.ts';
import { missedBefore } from './rules.ts';
import { type ClaimedReminder, claimDueReminders } from './store-dispatch.ts';

/** Large enough to drain quickly, small enough that a transaction stays short. */
export const CLAIM_LIMIT = 500;

const iso = (value: string | null) => (value === null ? null : new Date(value).toISOString());

function toDueEvent(claimed: ClaimedReminder): EventData<'reminder.due'> {
  const { id, status: _, scheduledAt, dueDate, ...rest } = claimed;
  return { ...rest, reminderId: id, scheduledAt: new Date(scheduledAt).toISOString(), dueDate: iso(dueDate) };
}

/** One summary per person instead of a flood. */
function toMissedEvents(missed: readonly ClaimedReminder[]): EventData<'reminder.missed'>[] {
  const byUser = Map.groupBy(missed, ({ userId }) => userId);
  return [...byUser].map(([userId, ofUser]) => {
    const times = ofUser.map(({ scheduledAt }) => new Date(scheduledAt).toISOString()).sort();
    const [oldestScheduledAt = ''] = times;
    return { userId, count: ofUser.length, oldestScheduledAt, newestScheduledAt: times.at(-1) ?? '' };
  });
}

/**
 * Hands over due reminders: the claim and its events commit together, so each leaves exactly once even when the
 * process dies at any point. @returns how many were claimed
 */
export async function dispatchDue(
  { db, outbox, now }: Pick<TasksDeps, 'db' | 'outbox' | 'now'>,
  meter?: ReminderMeter,
): Promise<number> {
  const at = now();
  const claimed = await db.transaction(async (tx) => {
    const rows = await claimDueReminders(tx, {
      now: at,
      missedBefore: missedBefore(at),
      limit: CLAIM_LIMIT,
    });
    const { sent = [], missed = [] } = Object.groupBy(rows, ({ status }) => status);
    await outbox.publish(tx, 'reminder.due', ...sent.map(toDueEvent));
    await outbox.publish(tx, 'reminder.missed', ...toMissedEvents(missed));
    return rows;
  });
  for (const { scheduledAt } of claimed) {
    meter?.handedOver((at.getTime() - new Date(scheduledAt).getTime()) / 1_000);
  }
  return claimed.length;
}
