import { newId, type Platform } from '@spacedly/kit';
import { testPlatform } from '@spacedly/kit/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reviewLogs, tasks } from '../schema.ts';
import { dayIn } from './rules.ts';
import { createSums } from './sums.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await testPlatform();
});
afterAll(() => platform.close());

const now = new Date('2026-03-31T12:00:00.000Z');
const HOUR = 3_600_000;

const activeDays = async (userId: string, timeZone: string, today: string) => {
  const sums = createSums(platform.database.db);
  return (await sums.findActiveDays({ userId, timeZone }, { from: '-infinity', to: today })).value;
};

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

const memory = {
  state: 'new' as const,
  stabilityDays: 0,
  difficulty: 0,
  learningStep: 0,
  scheduledDays: 0,
  reps: 0,
  lapses: 0,
  lastReviewedAt: null,
  scheduledAt: now.toISOString(),
  examAt: null,
  dueAt: now.toISOString(),
};

async function reviewedAt(userId: string, instants: Date[]): Promise<void> {
  if (instants.length === 0) return;
  const rows = instants.map((at) => ({
    id: newId(),
    userId,
    grade: 'good' as const,
    reviewedAt: at,
    algorithm: 'test',
    desiredRetention: 0.9,
    stateBefore: 'new' as const,
    before: memory,
    after: memory,
  }));
  await platform.database.db.insert(reviewLogs).values(rows);
}

test('the days are those on the wall of the person, in any zone', async () => {
  const zones = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Pacific/Kiritimati',
    'Asia/Kolkata',
  );
  const hoursAgo = fc.array(fc.integer({ min: 0, max: 24 * 12 }), { maxLength: 14 });
  await fc.assert(
    fc.asyncProperty(zones, hoursAgo, hoursAgo, async (timeZone, taskHours, reviewHours) => {
      const userId = newId();
      const instants = (hours: number[]) => hours.map((hour) => new Date(now.getTime() - hour * HOUR));
      await completedAt(userId, instants(taskHours));
      await reviewedAt(userId, instants(reviewHours));
      const days = new Set(instants([...taskHours, ...reviewHours]).map((at) => dayIn(timeZone, at)));
      const today = dayIn(timeZone, now);
      expect(await activeDays(userId, timeZone, today)).toEqual([...days].sort());
    }),
    { numRuns: 60 },
  );
});

test.each([
  [
    'an hour is skipped',
    'Europe/Berlin',
    ['2026-03-28T12:00Z', '2026-03-29T00:30Z', '2026-03-30T21:59Z'],
    ['2026-03-28', '2026-03-29', '2026-03-30'],
  ],
  [
    // Until 2024 clocks in Asuncion went back at midnight: 23:00 to 24:00 came twice.
    'the hour before midnight comes twice',
    'America/Asuncion',
    ['2024-03-24T02:30Z', '2024-03-24T03:30Z', '2024-03-24T04:30Z'],
    ['2024-03-23', '2024-03-24'],
  ],
  [
    // Havana goes back at 01:00 to 00:00: the first hour of the day comes twice.
    'the hour after midnight comes twice',
    'America/Havana',
    ['2025-11-02T03:59Z', '2025-11-02T04:30Z', '2025-11-02T05:30Z', '2025-11-02T06:30Z'],
    ['2025-11-01', '2025-11-02'],
  ],
])('days are found where %s', async (_name, timeZone, instants, days) => {
  const userId = newId();
  await completedAt(
    userId,
    instants.map((text) => new Date(text)),
  );
  expect(await activeDays(userId, timeZone, days.at(-1) as string)).toEqual(days);
});
