import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayIn } from '../analytics/rules.ts';
import { addDays, daysBetween } from '../people/days.ts';
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
        expect(plan.days).toEqual([...plan.days].sort());
        expect(plan.days.every((day) => day >= today && day <= exam.day)).toBe(true);
        // Whoever follows it, planned anew after each review as the service does, gets there too.
        let current = item;
        let next = plan.nextAt;
        for (let count = 0; next !== null && count < 80; count += 1) {
          current = { ...current, ...nextMemory(current, 'good', { now: next, timeZone }) };
          next = planForExam(current, exam, { now: next, timeZone }).nextAt;
        }
        expect(next).toBeNull();
        if (current.lastReviewedAt === null) return;
        const last = dayIn(timeZone, current.lastReviewedAt);
        const engine = createEngine(desiredRetention);
        const recall = recallAfter(engine, { stability: current.stabilityDays }, daysBetween(last, exam.day));
        expect(recall).toBeGreaterThanOrEqual(targetRetention);
      },
    ),
    { numRuns: 300 },
  );
});

test('what will be remembered anyway needs no review', () => {
  const item = learnt(['easy', 'easy', 'easy', 'easy']);
  const plan = planForExam(item, { day: '2026-03-06', targetRetention: 0.7 }, moment);
  expect(plan).toMatchObject({ nextAt: null, days: [] });
  expect(plan.recallWith).toBe(plan.recallWithout);
});

test('the last reviews of many items do not fall on one day', () => {
  const days = Array.from({ length: 300 }, (_, n) => {
    const item = learnt(['good', 'good', 'good', 'good'], n);
    const { days: planned } = planForExam(item, { day: '2026-03-20', targetRetention: 0.95 }, moment);
    return planned.at(-1);
    // What is due already is no choice of the plan.
  }).filter((day) => day !== today);
  expect(days.length).toBeGreaterThan(100);
  const counts = [...Map.groupBy(days, (day) => day).values()].map(({ length }) => length);
  expect(Math.max(...counts)).toBeLessThan(days.length / 4);
});

test('the earliest date of all exams counts', () => {
  const plans = [{ nextAt: new Date(3) }, { nextAt: null }, { nextAt: new Date(1) }];
  expect(earliestDate(plans.map((plan) => ({ ...plan, days: [], recallWith: 1, recallWithout: 1 })))).toEqual(
    new Date(1),
  );
  expect(earliestDate([])).toBeNull();
});
