import { type Config, networkOf } from '@spacedly/kit';

const HOUR_MS = 3_600_000;

/** One unit of something that is limited in a window of time. */
export interface Claim {
  key: string;
  max: number;
  windowMs: number;
}

/** Country calling codes of one and two digits (ITU-T E.164 annex); all others have three. */
const ONE_DIGIT = new Set(['1', '7']);
const TWO_DIGITS = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
);

/** `+49` of `+4915112345678`. */
export function countryPrefix(phone: string): string {
  const digits = phone.slice(1);
  if (ONE_DIGIT.has(digits.slice(0, 1))) return `+${digits.slice(0, 1)}`;
  return `+${digits.slice(0, TWO_DIGITS.has(digits.slice(0, 2)) ? 2 : 3)}`;
}

export const SMS_DAY_KEY = 'sms:day';

/** What an SMS counts towards: numbers, networks and countries an attacker would pump, and the bill of the day. */
export function smsClaims(config: Config, phone: string, ip: string | null): Claim[] {
  const hourly = (key: string, max: number) => ({ key: `sms:${key}`, max, windowMs: HOUR_MS });
  return [
    hourly(`number:${phone}`, config.SMS_PER_NUMBER_HOUR),
    ...(ip === null ? [] : [hourly(`ip:${networkOf(ip)}`, config.SMS_PER_IP_HOUR)]),
    hourly(`country:${countryPrefix(phone)}`, config.SMS_PER_COUNTRY_HOUR),
    { key: SMS_DAY_KEY, max: config.SMS_PER_DAY, windowMs: 24 * HOUR_MS },
  ];
}

/** What a message to a person counts towards. */
export function floodClaim(config: Config, userId: string, channel: string): Claim {
  return { key: `flood:${userId}:${channel}`, max: config.MESSAGES_PER_HOUR, windowMs: HOUR_MS };
}
