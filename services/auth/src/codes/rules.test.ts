import { expect, test } from 'vitest';
import { type CodeState, decideGuess, decideSend, newCode } from './rules.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const fresh: CodeState = {
  codeHmac: 'hmac',
  wrongGuesses: 0,
  guessesInHour: 0,
  guessHourStart: ago(MINUTE),
  sendsInHour: 1,
  sendHourStart: ago(2 * MINUTE),
  sentAt: ago(2 * MINUTE),
  expiresAt: new Date(now.getTime() + MINUTE),
};

test('a code is six digits and keeps its leading zeros', () => {
  const codes = Array.from({ length: 2_000 }, newCode);
  expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
  expect(codes.some((code) => code.startsWith('0'))).toBe(true);
  expect(new Set(codes).size).toBeGreaterThan(1_900);
});

test.each([
  ['the first', null, true],
  ['59 s after the last', { ...fresh, sentAt: ago(59 * SECOND) }, false],
  ['60 s after the last', { ...fresh, sentAt: ago(60 * SECOND) }, true],
  ['the fifth of an hour', { ...fresh, sendsInHour: 4 }, true],
  ['the sixth of an hour', { ...fresh, sendsInHour: 5 }, false],
  ['the sixth, an hour later', { ...fresh, sendsInHour: 5, sendHourStart: ago(60 * MINUTE) }, true],
])('sending: %s', (_name, state, allowed) => {
  expect(decideSend(state, 5, now).allowed).toBe(allowed);
});

test('a refusal says how long to wait', () => {
  const decision = decideSend({ ...fresh, sentAt: ago(45 * SECOND) }, 5, now);
  expect(decision).toEqual({ allowed: false, reason: 'CODE_RECENTLY_SENT', retryAfterSeconds: 15 });
});

test.each([
  ['no code was sent', null, true, 'gone'],
  ['right', fresh, true, 'right'],
  ['wrong', fresh, false, 'wrong'],
  ['expired', { ...fresh, expiresAt: now }, true, 'gone'],
  ['used up', { ...fresh, codeHmac: null }, true, 'gone'],
  ['the tenth guess of an hour', { ...fresh, guessesInHour: 9 }, true, 'right'],
  ['the eleventh', { ...fresh, guessesInHour: 10 }, true, 'too-many'],
  [
    'the eleventh, an hour later',
    { ...fresh, guessesInHour: 10, guessHourStart: ago(60 * MINUTE) },
    true,
    'right',
  ],
])('guessing: %s', (_name, state, isMatch, outcome) => {
  expect(decideGuess(state, isMatch, now).outcome).toBe(outcome);
});

test('the third wrong guess uses the code up', () => {
  const keeps = [0, 1, 2].map((wrongGuesses) => {
    const decision = decideGuess({ ...fresh, wrongGuesses }, false, now);
    return 'update' in decision && decision.update.keepsCode;
  });
  expect(keeps).toEqual([true, true, false]);
});
