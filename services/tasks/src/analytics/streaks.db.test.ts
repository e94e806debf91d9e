import { newId, type Platform } from '@spacedly/kit';
import { testPlatform } from '@spacedly/kit/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tasks } from '../schema.ts';
import { dayIn } from './rules.ts';
import { findStreaks } from './store.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await testPlatform();
});
afterAll(() => platform.close());

const now = new Date('2026-03-31T12:00:00.000Z');
const HOUR = 3_600_000;

async function completedAt(userId: string, instants: Date[]): Promise<void> {
  if (instants.length === 0) return;
  const rows = instants.map((completed) => ({
    id: newId(),
    userId,
    title: 'x',
    status: 'completed' as const,
    completedAt: completed,
    createdAt: completed,
    updatedAt: completed,
  }));
  await platform.database.db.insert(tasks).values(rows);
}

const previous = (day: string) => new Date(Date.parse(day) - 24 * HOUR).toISOString().slice(0, 10);

/** Counts back day by day, as one would on paper. */
function naive(days: Set<string>, today: string): { active: number; longest: number } {
  const runEndingAt = (day: string): number => (days.has(day) ? 1 + runEndingAt(previous(day)) : 0);
  const longest = Math.max(0, ...[...days].map(runEndingAt));
  return { active: runEndingAt(today) || runEndingAt(previous(today)), longest };
}

test('agrees with counting on paper, in any zone', async () => {
  const zones = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Pacific/Kiritimati',
    'Asia/Kolkata',
  );
  const hoursAgo = fc.array(fc.integer({ min: 0, max: 24 * 12 }), { maxLength: 14 });
  await fc.assert(
    fc.asyncProperty(zones, hoursAgo, async (timeZone, hours) => {
      const userId = newId();
      const instants = hours.map((hour) => new Date(now.getTime() - hour * HOUR));
      await completedAt(userId, instants);
      const today = dayIn(timeZone, now);
      const days = new Set(instants.map((instant) => dayIn(timeZone, instant)));
      expect(await findStreaks(platform.database.db, { userId, timeZone, today })).toEqual(
        naive(days, today),
      );
    }),
    { numRuns: 60 },
  );
});

test('a day without an hour (spring forward) breaks no streak', async () => {
  const userId = newId();
  await completedAt(
    userId,
    ['2026-03-28T12:00Z', '2026-03-29T00:30Z', '2026-03-30T21:59Z'].map((text) => new Date(text)),
  );
  const streaks = await findStreaks(platform.database.db, {
    userId,
    timeZone: 'Europe/Berlin',
    today: '2026-03-30',
  });
  expect(streaks).toEqual({ active: 3, longest: 3 });
});
