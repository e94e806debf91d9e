import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../people/days.ts';
import { createEngine, type Memory, nextMemory, recallAfter } from '../reviews/scheduler.ts';
import { earliestDate, isMatching, planForExam } from './rules.ts';

const now = new Date('2026-03-04T10:00:00.000Z');
const timeZone = 'Europe/Berlin';
const moment = { now, timeZone };
const today = '2026-03-04';

const fresh = (n = 1) => ({
  id: `019a7d7e-9d3c-7c3a-9a51-${String(n).padStart(12, '0')}`,
  desiredRetention: 0.9,
  state: 'new' as Memory['state'],
  stabilityDays: 0,
  difficulty: 0,
  learningStep: 0,
  scheduledDays: 0,
  reps: 0,
  lapses: 0,
  lastReviewedAt: null as Date | null,
  scheduledAt: now,
});

/** An item graded a few times before today. */
function learnt(grades: readonly ('again' | 'hard' | 'good' | 'easy')[], n = 1, desiredRetention = 0.9) {
  const start = new Date('2026-01-05T10:00:00.000Z');
  let item = { ...fresh(n), desiredRetention, scheduledAt: start };
  let at = start;
  for (const grade of grades) {
    item = { ...item, ...nextMemory(item, grade, { now: at, timeZone }) };
    at = new Date(Math.min(item.scheduledAt.getTime(), now.getTime() - 1));
  }
  return item;
}

test.each([
  [{ category: 'Maths', label: null }, { category: 'Maths', labels: [] }, true],
  [{ category: 'Maths', label: null }, { category: 'maths', labels: ['Maths'] }, false],
  [{ category: 'Maths', label: null }, { category: null, labels: [] }, false],
  [{ category: null, label: 'exam' }, { category: 'exam', labels: ['a', 'exam'] }, true],
  [{ category: null, label: 'exam' }, { category: 'exam', labels: [] }, false],
])('%j and %j: %s', (exam, task, expected) => {
  expect(isMatching(exam, task)).toBe(expected);
});

test('following the plan reaches the target on the day, whatever the item, day and target', () => {
  const grade = fc.constantFrom('again' as const, 'hard' as const, 'good' as const, 'easy' as const);
  fc.assert(
    fc.property(
      fc.array(grade, { maxLength: 6 }),
      fc.integer({ min: 0, max: 120 }),
      fc.double({ min: 0.7, max: 0.97, noNaN: true }),
      fc.double({ min: 0.7, max: 0.97, noNaN: true }),
      fc.integer({ min: 1, max: 99_999 }),
      (grades, inDays, targetRetention, desiredRetention, n) => {
        const item = learnt(grades, n, desiredRetention);
        const exam = { day: addDays(today, inDays), targetRetention };
        const plan = planForExam(item, exam, moment);
        expect(plan.recallWith).toBeGreaterThanOrEqual(targetRetention);
        // The forecast is what FSRS itself says after the same reviews.
        let current = item;
        for (const date of plan.dates)
          current = { ...current, ...nextMemory(current, 'good', { now: date, timeZone }) };
        const last = new Intl.DateTimeFormat('en-CA', { timeZone }).format(current.lastReviewedAt as Date);
        const days = Math.round((Date.parse(exam.day) - Date.parse(last)) / 86_400_000);
        const recall = recallAfter(
          createEngine(desiredRetention),
          { stability: current.stabilityDays },
          days,
        );
        expect(recall).toBeCloseTo(plan.recallWith, 6);
        const sorted = [...plan.dates].sort((a, b) => a.getTime() - b.getTime());
        expect(plan.dates).toEqual(sorted);
        expect(plan.dates.every((date) => date >= now)).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

test('what will be remembered anyway needs no review', () => {
  const item = learnt(['easy', 'easy', 'easy', 'easy']);
  const plan = planForExam(item, { day: '2026-03-06', targetRetention: 0.7 }, moment);
  expect(plan.dates).toEqual([]);
  expect(plan.recallWith).toBe(plan.recallWithout);
});

test('the last reviews of many items do not fall on one day', () => {
  const days = Array.from({ length: 300 }, (_, n) => {
    const item = learnt(['good', 'good', 'good', 'good'], n);
    const { dates } = planForExam(item, { day: '2026-03-20', targetRetention: 0.95 }, moment);
    return dates.at(-1)?.toISOString().slice(0, 10);
    // What is due already is no choice of the plan.
  }).filter((day) => day !== today);
  expect(days.length).toBeGreaterThan(100);
  const counts = [...Map.groupBy(days, (day) => day).values()].map(({ length }) => length);
  expect(Math.max(...counts)).toBeLessThan(days.length / 4);
});

test('the earliest date of all exams counts', () => {
  const plans = [{ dates: [new Date(3)] }, { dates: [] }, { dates: [new Date(1), new Date(2)] }];
  expect(earliestDate(plans.map((plan) => ({ ...plan, recallWith: 1, recallWithout: 1 })))).toEqual(
    new Date(1),
  );
  expect(earliestDate([])).toBeNull();
});
