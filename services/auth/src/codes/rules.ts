import { randomInt } from 'node:crypto';
import type { Config } from '@spacedly/kit';

export const RESEND_AFTER_MS = 60_000;
export const MAX_WRONG_GUESSES = 3;
export const MAX_GUESSES_PER_HOUR = 10;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export type CodePurpose =
  | 'SIGNUP'
  | 'SIGNIN'
  | 'PASSWORD_RESET'
  | 'EMAIL_CHANGE'
  | 'PHONE_CHANGE'
  | 'TWO_FACTOR';

/** How long a code lives. A second factor is given at once, by somebody who waits for it. */
export function codeLifeMs(purpose: CodePurpose): number {
  return (purpose === 'TWO_FACTOR' ? 5 : 10) * MINUTE_MS;
}

/** How many codes an address gets in an hour. */
export function maxSendsPerHour(
  purpose: CodePurpose,
  config: Pick<Config, 'CODES_PER_HOUR' | 'PASSWORD_RESETS_PER_HOUR'>,
): number {
  return purpose === 'PASSWORD_RESET' ? config.PASSWORD_RESETS_PER_HOUR : config.CODES_PER_HOUR;
}

/** Six digits from a CSPRNG, uniform, leading zeros allowed. */
export function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

/** What is kept of an address and purpose, see the table `one_time_codes`. */
export interface CodeState {
  codeHmac: string | null;
  wrongGuesses: number;
  guessesInHour: number;
  guessHourStart: Date;
  sendsInHour: number;
  sendHourStart: Date;
  sentAt: Date;
  expiresAt: Date;
}

const secondsUntil = (time: number, now: Date) => Math.max(1, Math.ceil((time - now.getTime()) / 1_000));

export type SendDecision =
  | { allowed: true; sendsInHour: number; sendHourStart: Date }
  | { allowed: false; reason: 'CODE_RECENTLY_SENT' | 'TOO_MANY_CODES'; retryAfterSeconds: number };

/** May another code be sent? No sooner than 60 s after the last and at most `maxPerHour`. */
export function decideSend(state: CodeState | null, maxPerHour: number, now: Date): SendDecision {
  if (state === null) return { allowed: true, sendsInHour: 1, sendHourStart: now };
  const nextSend = state.sentAt.getTime() + RESEND_AFTER_MS;
  if (now.getTime() < nextSend) {
    return { allowed: false, reason: 'CODE_RECENTLY_SENT', retryAfterSeconds: secondsUntil(nextSend, now) };
  }
  const hourEnds = state.sendHourStart.getTime() + HOUR_MS;
  if (now.getTime() >= hourEnds) return { allowed: true, sendsInHour: 1, sendHourStart: now };
  if (state.sendsInHour >= maxPerHour) {
    return { allowed: false, reason: 'TOO_MANY_CODES', retryAfterSeconds: secondsUntil(hourEnds, now) };
  }
  return { allowed: true, sendsInHour: state.sendsInHour + 1, sendHourStart: state.sendHourStart };
}

export interface GuessUpdate {
  wrongGuesses: number;
  guessesInHour: number;
  guessHourStart: Date;
  /** False when this guess used the code up, rightly or wrongly. */
  keepsCode: boolean;
}

export type GuessDecision =
  | { outcome: 'right' | 'wrong'; update: GuessUpdate }
  | { outcome: 'gone' }
  | { outcome: 'too-many'; retryAfterSeconds: number };

/** Judges one guess. Three wrong ones use a code up; ten an hour are heard at all, across resends. */
export function decideGuess(state: CodeState | null, isMatch: boolean, now: Date): GuessDecision {
  if (state === null) return { outcome: 'gone' };
  const hourEnds = state.guessHourStart.getTime() + HOUR_MS;
  const isNewHour = now.getTime() >= hourEnds;
  const guesses = isNewHour ? 0 : state.guessesInHour;
  if (guesses >= MAX_GUESSES_PER_HOUR) {
    return { outcome: 'too-many', retryAfterSeconds: secondsUntil(hourEnds, now) };
  }
  if (state.codeHmac === null || now.getTime() >= state.expiresAt.getTime()) return { outcome: 'gone' };
  const wrongGuesses = state.wrongGuesses + (isMatch ? 0 : 1);
  return {
    outcome: isMatch ? 'right' : 'wrong',
    update: {
      wrongGuesses,
      guessesInHour: guesses + 1,
      guessHourStart: isNewHour ? now : state.guessHourStart,
      keepsCode: !isMatch && wrongGuesses < MAX_WRONG_GUESSES,
    },
  };
}
