import { expect, test } from 'vitest';
import { assertFuture, assertOpen, missedBefore, moveTo } from './rules.ts';

const now = new Date('2026-03-01T12:00:00.000Z');

test('a reminder lies in the future', () => {
  expect(() => assertFuture(new Date(now.getTime() + 1), now, 'body.scheduledAt')).not.toThrow();
  expect(() => assertFuture(now, now, 'body.scheduledAt')).toThrow('A reminder must be in the future');
});

test.each([
  ['pending', true],
  ['sent', true],
  ['missed', true],
  ['completed', false],
  ['skipped', false],
] as const)('a %s reminder may be changed: %s', (status, isOpen) => {
  const check = () => assertOpen({ status });
  if (isOpen) expect(check).not.toThrow();
  else expect(check).toThrow(`already ${status}`);
});

test('moving a reminder takes its sent mark away', () => {
  expect(moveTo(now)).toEqual({ scheduledAt: now, status: 'pending', sentAt: null });
});

test('missed is what is more than a day late', () => {
  expect(missedBefore(now).toISOString()).toBe('2026-02-28T12:00:00.000Z');
});
