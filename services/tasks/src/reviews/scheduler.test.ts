import type { ReviewGrade } from '@spacedly/contracts';
import { createEmptyCard, Rating } from 'ts-fsrs';
import { expect, test } from 'vitest';
import {
  ALGORITHM,
  advance,
  createEngine,
  type Memory,
  nextMemory,
  retrievabilityAt,
  type WallCard,
} from './scheduler.ts';

const now = new Date('2022-12-29T12:30:00.000Z');
const UTC = { now, timeZone: 'UTC' };

function fresh(id = '019a7d7e-9d3c-7c3a-9a51-000000000001', at = now) {
  const memory: Memory = {
    state: 'new',
    stabilityDays: 0,
    difficulty: 0,
    learningStep: 0,
    scheduledDays: 0,
    reps: 0,
    lapses: 0,
    lastReviewedAt: null,
    scheduledAt: at,
  };
  return { ...memory, id, desiredRetention: 0.9 };
}

/** Grades at each due date in turn; the last memory. */
function follow(grades: readonly ReviewGrade[], item = fresh(), timeZone = 'UTC') {
  let at = item.scheduledAt;
  let current = item;
  for (const grade of grades) {
    current = { ...current, ...nextMemory(current, grade, { now: at, timeZone }) };
    at = current.scheduledAt;
  }
  return current;
}

test('the intervals of the FSRS-6 test sequence of ts-fsrs', () => {
  const engine = createEngine(0.9);
  engine.parameters.enable_fuzz = false;
  const grades: ReviewGrade[] = [
    ...Array<ReviewGrade>(6).fill('good'),
    'again',
    'again',
    ...Array<ReviewGrade>(5).fill('good'),
  ];
  let card: WallCard = { ...createEmptyCard(now), id: 'x' };
  const intervals = grades.map((grade) => {
    card = advance(engine, card, card.due, grade);
    return card.scheduled_days;
  });
  expect(intervals).toEqual([0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]);
  expect(ALGORITHM).toMatch(/FSRS-6/);
});

test('fuzz is the same for the same item and differs between items', () => {
  const third = (id: string) => follow(['good', 'good', 'good', 'good'], fresh(id)).scheduledDays;
  const ids = Array.from({ length: 200 }, (_, n) => `019a7d7e-9d3c-7c3a-9a51-${String(n).padStart(12, '0')}`);
  const intervals = ids.map(third);
  expect(ids.map(third)).toEqual(intervals);
  expect(new Set(intervals).size).toBeGreaterThan(3);
  for (const days of intervals) {
    expect(days).toBeGreaterThan(35);
    expect(days).toBeLessThan(60);
  }
});

test('learning steps are minutes, whatever the zone', () => {
  for (const timeZone of ['UTC', 'Pacific/Kiritimati', 'America/St_Johns']) {
    const minutes = (['again', 'hard', 'good'] as const).map(
      (grade) =>
        (nextMemory(fresh(), grade, { now, timeZone }).scheduledAt.getTime() - now.getTime()) / 60_000,
    );
    expect(minutes).toEqual([1, 6, 10]);
  }
});

test('days are those of the person: crossing midnight in UTC is no day in Auckland', () => {
  const at = (text: string) => ({ now: new Date(text), timeZone: 'Pacific/Auckland' });
  const learnt = { ...fresh(), ...nextMemory(fresh(), 'easy', at('2026-06-10T23:00:00Z')) };
  expect(retrievabilityAt(learnt, at('2026-06-11T02:00:00Z'))).toBe(1);
  expect(retrievabilityAt(learnt, { ...at('2026-06-11T02:00:00Z'), timeZone: 'UTC' })).toBeLessThan(1);
});

test('a step that crosses midnight is a day later, as ts-fsrs itself counts', () => {
  const evening = new Date('2026-06-10T23:55:00Z');
  const afterMidnight = new Date('2026-06-11T00:05:00Z');
  const seen = { ...fresh(), ...nextMemory(fresh(), 'good', { now: evening, timeZone: 'UTC' }) };
  const engine = createEngine(0.9);
  const unseen: WallCard = { ...createEmptyCard(evening), id: seen.id };
  const { card } = engine.next(unseen, evening, Rating.Good);
  for (const [grade, rating] of [
    ['good', Rating.Good],
    ['again', Rating.Again],
  ] as const) {
    const { stability, difficulty } = engine.next(card, afterMidnight, rating).card;
    const next = nextMemory(seen, grade, { now: afterMidnight, timeZone: 'UTC' });
    expect(next).toMatchObject({ stabilityDays: stability, difficulty });
    const sameDay = nextMemory(seen, grade, { now: evening, timeZone: 'UTC' });
    expect(sameDay.stabilityDays).not.toBe(stability);
  }
});

test('a date keeps its time of day when clocks change', () => {
  const item = { ...fresh(), scheduledAt: new Date('2026-03-20T09:00:00.000Z') };
  const next = nextMemory(item, 'easy', { now: item.scheduledAt, timeZone: 'Europe/Berlin' });
  expect(next.scheduledDays).toBeGreaterThan(6);
  const local = new Intl.DateTimeFormat('de', { timeStyle: 'short', timeZone: 'Europe/Berlin' });
  expect(local.format(next.scheduledAt > new Date('2026-03-29') ? next.scheduledAt : item.scheduledAt)).toBe(
    '10:00',
  );
});

test('a clock that went back neither throws nor forgets', () => {
  const learnt = follow(['good', 'good', 'good']);
  const earlier = new Date((learnt.lastReviewedAt as Date).getTime() - 40 * 86_400_000);
  const next = nextMemory(learnt, 'good', { now: earlier, timeZone: 'UTC' });
  expect(next.stabilityDays).toBeGreaterThanOrEqual(learnt.stabilityDays);
});

test('a higher desired retention gives shorter intervals', () => {
  const days = (desiredRetention: number) =>
    nextMemory({ ...follow(['good', 'good']), desiredRetention }, 'good', {
      now: follow(['good', 'good']).scheduledAt,
      timeZone: 'UTC',
    }).scheduledDays;
  expect([days(0.7), days(0.9), days(0.97)]).toEqual(
    [days(0.7), days(0.9), days(0.97)].sort((a, b) => b - a),
  );
  expect(days(0.7)).toBeGreaterThan(2 * days(0.97));
});

test('an easy day is avoided within the range of the fuzz, a short interval is not moved', () => {
  const item = follow(['good', 'good', 'good']);
  const plain = nextMemory(item, 'good', { now: item.scheduledAt, timeZone: 'UTC' });
  const weekday = plain.scheduledAt.getUTCDay();
  const moved = nextMemory(
    item,
    'good',
    { now: item.scheduledAt, timeZone: 'UTC' },
    (day) => day === weekday,
  );
  expect(moved.scheduledAt.getUTCDay()).not.toBe(weekday);
  expect(Math.abs(moved.scheduledDays - plain.scheduledDays)).toBe(1);
  expect(moved.stabilityDays).toBe(plain.stabilityDays);
  const short = nextMemory(
    follow(['good']),
    'good',
    { now: follow(['good']).scheduledAt, timeZone: 'UTC' },
    () => true,
  );
  expect(short.scheduledDays).toBe(2);
});

test('recall is certain on the day of a review and falls to the desired retention', () => {
  const item = follow(['good', 'good', 'good']);
  expect(retrievabilityAt(fresh(), UTC)).toBeNull();
  expect(retrievabilityAt(item, { now: item.lastReviewedAt as Date, timeZone: 'UTC' })).toBe(1);
  expect(retrievabilityAt(item, { now: item.scheduledAt, timeZone: 'UTC' })).toBeCloseTo(0.9, 1);
});
