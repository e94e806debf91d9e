import type { Reminder } from '../../shared/api.ts';

export type ReminderAction = 'snooze' | 'complete' | 'delete';

export const SNOOZE_MINUTES = 60;
const MINUTE_MS = 60_000;

/** What the server is about to make of a reminder: the one of now, or none. */
export function afterAction(reminder: Reminder, action: ReminderAction, now: Date): Reminder[] {
  if (action === 'delete') return [];
  if (action === 'complete') return [{ ...reminder, status: 'completed', completedAt: now.toISOString() }];
  const scheduledAt = new Date(now.getTime() + SNOOZE_MINUTES * MINUTE_MS).toISOString();
  return [{ ...reminder, status: 'pending', scheduledAt, sentAt: null }];
}
