import type { Preferences } from '@spacedly/contracts';
import { Temporal } from 'temporal-polyfill';
import type { NotificationType } from '../fanout/plan.ts';
import type { Channel } from '../templates/messages.ts';
import type { RecipientRow } from './store.ts';

export const CHANNELS = ['email', 'sms', 'push', 'inApp'] as const;
export type AnyChannel = Channel | 'inApp';

/** What people may switch off: everything but the security of their account. */
export const TYPES = ['reminder', 'upcoming', 'overdue', 'review', 'share', 'comment', 'general'] as const;

export type Wants = Pick<RecipientRow, 'muted' | 'quietFrom' | 'quietTo' | 'timeZone'>;

/** Whether somebody switched messages of this type off for this channel. */
export function isMuted(wants: Wants | undefined, type: NotificationType, channel: AnyChannel): boolean {
  return type !== 'security' && wants !== undefined && wants.muted.includes(`${type}.${channel}`);
}

/**
 * The end of the quiet hours somebody is in, or null. They are times on the wall where the person lives, so a night
 * lasts an hour more or less when the clocks change.
 */
export function quietUntil(wants: Wants | undefined, now: Date): Date | null {
  if (wants === undefined || wants.quietFrom === null || wants.quietTo === null) return null;
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(wants.timeZone);
  const [from, to] = [Temporal.PlainTime.from(wants.quietFrom), Temporal.PlainTime.from(wants.quietTo)];
  const time = here.toPlainTime();
  const isBefore = (a: Temporal.PlainTime, b: Temporal.PlainTime) => Temporal.PlainTime.compare(a, b) < 0;
  const spansMidnight = isBefore(to, from);
  const isQuiet = spansMidnight
    ? !isBefore(time, from) || isBefore(time, to)
    : !isBefore(time, from) && isBefore(time, to);
  if (!isQuiet) return null;
  const day =
    spansMidnight && !isBefore(time, from) ? here.toPlainDate().add({ days: 1 }) : here.toPlainDate();
  const end = day.toZonedDateTime({ timeZone: wants.timeZone, plainTime: to });
  return new Date(end.epochMilliseconds);
}

/** As people see and send them. */
export function presentPreferences(row: RecipientRow): Preferences {
  const muted = new Set(row.muted);
  const ofType = (type: string) =>
    Object.fromEntries(CHANNELS.map((channel) => [channel, !muted.has(`${type}.${channel}`)]));
  const channels = Object.fromEntries(TYPES.map((type) => [type, ofType(type)])) as Preferences['channels'];
  const { quietFrom, quietTo } = row;
  return {
    channels,
    quietHours: quietFrom === null || quietTo === null ? null : { from: quietFrom, to: quietTo },
    morningDigest: { enabled: row.isDigestOn, hour: row.digestHour },
    weeklyReview: row.isWeeklyOn,
    version: row.version,
  };
}

/** The pairs that are switched off. */
export function mutedOf(channels: Preferences['channels']): string[] {
  return TYPES.flatMap((type) =>
    CHANNELS.filter((channel) => !channels[type][channel]).map((channel) => `${type}.${channel}`),
  );
}
