import type { Metrics } from '@spacedly/kit';

/** Upper bounds in seconds, around the promises: a second when idle, a minute at the very worst. */
const BUCKETS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 3_600, 86_400];

export interface ReminderMeter {
  /** A reminder was handed over, `seconds` after the time it was planned for. */
  handedOver(seconds: number): void;
}

/**
 * How late reminders are. The histogram tells of those that left; the gauge of the one that waits longest, as nothing
 * leaves at all where the dispatcher does not run.
 * @param findNextDue when the earliest waiting reminder is due, or null
 */
export function createReminderMeter(
  metrics: Metrics,
  now: () => Date,
  findNextDue: () => Promise<Date | null>,
): ReminderMeter {
  const lateness = metrics.histogram({
    name: 'spacedly_reminder_lateness_seconds',
    help: 'Time from when a reminder was due until it was handed over to be sent',
    buckets: BUCKETS,
  });
  metrics.gauge({
    name: 'spacedly_reminder_overdue_seconds',
    help: 'How long the reminder that waits longest is overdue; 0 when none is',
    async collect() {
      const next = await findNextDue().catch(() => null);
      this.set(next === null ? 0 : Math.max(0, (now().getTime() - next.getTime()) / 1_000));
    },
  });
  return { handedOver: (seconds) => lateness.observe(Math.max(0, seconds)) };
}
