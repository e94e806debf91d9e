import { expect, test } from 'vitest';
import { decideRefresh } from './rules.ts';
import type { RefreshRow, SessionRow } from './store.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const at = (offsetMs: number) => new Date(now.getTime() + offsetMs);

const token: RefreshRow = {
  tokenHash: 'hash',
  sessionId: 's',
  createdAt: at(-60_000),
  expiresAt: at(60_000),
  rotatedAt: null,
};
const session: SessionRow = {
  id: 's',
  userId: 'u',
  userAgent: '',
  ip: null,
  isRemembered: false,
  amr: ['pwd'],
  createdAt: at(-60_000),
  lastSeenAt: at(-60_000),
  endsAt: at(60_000),
  endedAt: null,
  impersonatedBy: null,
};

test.each([
  ['the current token', token, session, false, 'rotate'],
  ['an unknown token', null, null, false, 'refuse'],
  ['an expired token', { ...token, expiresAt: now }, session, false, 'refuse'],
  ['a session past its last day', token, { ...session, endsAt: now }, false, 'refuse'],
  ['an ended session', token, { ...session, endedAt: at(-1) }, false, 'refuse'],
  ['another tab, at once', { ...token, rotatedAt: at(-1) }, session, false, 'repeat-successor'],
  ['another tab, 9.9 s later', { ...token, rotatedAt: at(-9_900) }, session, false, 'repeat-successor'],
  ['10 s after its rotation', { ...token, rotatedAt: at(-10_000) }, session, false, 'reused'],
  ['an older one: its successor was used', { ...token, rotatedAt: at(-1) }, session, true, 'reused'],
  [
    'a reused one of an ended session',
    { ...token, rotatedAt: at(-1) },
    { ...session, endedAt: at(-1) },
    true,
    'refuse',
  ],
])('%s → %s', (_name, row, ofSession, isSuccessorUsed, decision) => {
  expect(decideRefresh(row, ofSession, isSuccessorUsed, now)).toBe(decision);
});
