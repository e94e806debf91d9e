import type { Content, StoredMessage } from '../templates/messages.ts';
import type { Verdict } from './provider.ts';

/** Whether a message still helps: a code that has expired only confuses. */
export function isWorthSending(message: StoredMessage, now: Date): boolean {
  return message.kind !== 'code' || Date.parse(message.expiresAt) > now.getTime();
}

const SEALED = /^sealed([A-Z])/;

/** Opens what was sealed; the result must not be stored or logged. */
export function openContent(message: StoredMessage, open: (sealed: string) => string): Content {
  const opened = Object.entries(message).flatMap(([field, value]) => {
    if (value === undefined) return [];
    if (!SEALED.test(field)) return [[field, value]];
    const name = field.replace(SEALED, (_, first: string) => first.toLowerCase());
    return [[name, typeof value === 'string' ? open(value) : value]];
  });
  return Object.fromEntries(opened) as Content;
}

/** Tries of a message before it is a dead letter. In one try each provider is asked at most once. */
export const MAX_TRIES = 5;

const MINUTE_MS = 60_000;
/** The longest waits double from here: 4, 8, 16 and 32 min, so that five tries take about half an hour. */
const FIRST_WAIT_MS = 4 * MINUTE_MS;
/** Somebody waits for a code, and it soon expires: at most 15, 30, 60 and 120 s. */
const FIRST_URGENT_WAIT_MS = 15_000;

/**
 * How long to wait after a try failed: exponential backoff with full jitter, which spreads a crowd best
 * (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
 * @param failedTry from 1
 * @param random in [0, 1)
 */
export function retryDelayMs(failedTry: number, isUrgent: boolean, random: number): number {
  const first = isUrgent ? FIRST_URGENT_WAIT_MS : FIRST_WAIT_MS;
  return Math.round(random * first * 2 ** (failedTry - 1));
}

export function isUrgent(message: StoredMessage): boolean {
  return message.kind === 'code';
}

/** From this try on a provider whose answers get lost is not waited for any more. */
const GIVE_UP_WAITING_TRY = 3;

/**
 * Whether the next provider is asked in the same try. What was certainly not taken may go elsewhere at once. Where it
 * is unknown, only the same provider can tell a repetition, so it gets another chance first; a code cannot wait.
 */
export function mayFailOver(verdict: Verdict, thisTry: number, urgent: boolean): boolean {
  if (verdict === 'refused') return false;
  return verdict === 'unavailable' || urgent || thisTry >= GIVE_UP_WAITING_TRY;
}

const DAY_MS = 86_400_000;

/**
 * Whether an address that was refused before is left alone. What a person must hear of is tried again after a day:
 * a mailbox that was full or mistyped may be mended, and nobody must be locked out for good.
 */
export function isSuppressed(suppressedAt: Date | null, isSecurity: boolean, now: Date): boolean {
  if (suppressedAt === null) return false;
  return !isSecurity || now.getTime() - suppressedAt.getTime() < DAY_MS;
}

const OVER = new Set(['sent', 'refused', 'suppressed', 'capped', 'expired', 'digested', 'skipped', 'held']);

/** Whether a job has nothing to do: its delivery is over, waits, or has come to a later try. */
export function isStale({ status, nextTry }: { status: string; nextTry: number }, thisTry: number): boolean {
  return OVER.has(status) || (status !== 'dead' && nextTry > thisTry);
}
