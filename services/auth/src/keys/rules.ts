import { ACCESS_TOKEN_SECONDS } from '../sessions/rules.ts';

const DAY_MS = 86_400_000;
export const ROTATE_AFTER_MS = 90 * DAY_MS;
/** How long verifiers may keep what they fetched, here and elsewhere. */
export const PUBLISHED_MAX_AGE_SECONDS = 30;
/**
 * A key is published this long before it signs, so that whoever meets its first token has it already, even where
 * the signal was lost: longer than verifiers keep their copy, and well within the minute a rotation may take.
 */
export const PUBLISH_AHEAD_MS = 40_000;
/** After its last signature a key is needed for the life of a token, the clock skew and slow clocks of ours. */
const KEEP_MS = (ACCESS_TOKEN_SECONDS + 120) * 1_000;

export interface KeyTimes {
  signsFrom: Date;
}

const oldestFirst = <K extends KeyTimes>(keys: readonly K[]) =>
  keys.toSorted((a, b) => a.signsFrom.getTime() - b.signsFrom.getTime());

/** The key to sign with: the newest whose time has come. Null when there is none yet. */
export function chooseSigningKey<K extends KeyTimes>(keys: readonly K[], now: Date): K | null {
  const sorted = oldestFirst(keys);
  return sorted.findLast(({ signsFrom }) => signsFrom <= now) ?? sorted[0] ?? null;
}

/** Keys that verify a token that may be alive, or will: all but those whose successor has signed for long enough. */
export function neededKeys<K extends KeyTimes>(keys: readonly K[], now: Date): K[] {
  const sorted = oldestFirst(keys);
  return sorted.filter((_, index) => {
    const successor = sorted[index + 1];
    return successor === undefined || successor.signsFrom.getTime() + KEEP_MS > now.getTime();
  });
}

export function isRotationDue(keys: readonly KeyTimes[], now: Date): boolean {
  const newest = oldestFirst(keys).at(-1);
  return newest === undefined || newest.signsFrom.getTime() + ROTATE_AFTER_MS <= now.getTime();
}
