import type { TimelineEntry } from '@spacedly/contracts';
import { dayIn } from '../analytics/rules.ts';
import { addDays, instantOn } from '../people/days.ts';
import type { ReminderRow } from '../reminders/rules.ts';

export type LinkAction = 'complete' | 'snooze' | 'tomorrow';

const HOUR_MS = 3_600_000;
/** When the day begins for people who want to be reminded "tomorrow". */
const MORNING = '09:00';

/** When to remind again; null where the person is done. */
export function remindAgainAt(action: LinkAction, now: Date, timeZone: string): Date | null {
  if (action === 'complete') return null;
  if (action === 'snooze') return new Date(now.getTime() + HOUR_MS);
  return instantOn(addDays(dayIn(timeZone, now), 1), MORNING, timeZone);
}

const NOTHING_SENT = {
  channel: null,
  address: null,
  provider: null,
  providerId: null,
  error: null,
  latencyMs: null,
};

/** What happened to a reminder before and besides its messages. */
export function ownSteps(row: ReminderRow): TimelineEntry[] {
  const { createdAt, sentAt, completedAt } = row;
  const steps = [
    { at: createdAt, step: 'created' as const },
    { at: sentAt, step: 'due' as const },
    { at: completedAt, step: 'completed' as const },
  ];
  return steps.flatMap(({ at, step }) =>
    at === null ? [] : [{ at: at.toISOString(), step, ...NOTHING_SENT }],
  );
}
