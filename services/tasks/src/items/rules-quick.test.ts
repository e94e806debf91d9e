import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadQuickParser, type QuickMoment } from './rules-quick.ts';

const parseQuick = await loadQuickParser();

/** A Saturday, half past noon in Berlin. */
const moment: QuickMoment = {
  now: new Date('2026-11-21T11:30:00Z'),
  timeZone: 'Europe/Berlin',
  language: 'en',
};

test.each([
  [
    'Revise graphs tomorrow 9am #Study !high every week',
    {
      title: 'Revise graphs',
      dueDate: '2026-11-22T08:00:00.000Z',
      category: 'Study',
      priority: 'high',
      recurrence: { rrule: 'FREQ=WEEKLY', anchor: 'due' },
    },
  ],
  ['Buy milk', { title: 'Buy milk' }],
  ['Pay rent next friday', { title: 'Pay rent', dueDay: '2026-11-27' }],
  ['Call mum at 5pm', { title: 'Call mum', dueDate: '2026-11-21T16:00:00.000Z' }],
  ['Call mum at 9am', { title: 'Call mum', dueDate: '2026-11-22T08:00:00.000Z' }],
  ['Stretch in 30 minutes', { title: 'Stretch', dueDate: '2026-11-21T12:00:00.000Z' }],
  ['Call Boston 5pm EST', { title: 'Call Boston', dueDate: '2026-11-21T22:00:00.000Z' }],
  ['Exam on 12 Dec at 14:00', { title: 'Exam', dueDate: '2026-12-12T13:00:00.000Z' }],
  ['Taxes 2027-05-31', { title: 'Taxes', dueDay: '2027-05-31' }],
  ['Party 28 March 2027 at 1:30', { title: 'Party', dueDate: '2027-03-28T00:30:00.000Z' }],
  [
    'Essay @uni @"group work" #"Art history" ~1h30m !low',
    {
      title: 'Essay',
      labels: ['uni', 'group work'],
      category: 'Art history',
      estimateMinutes: 90,
      priority: 'low',
    },
  ],
  ['Read ~45m tonight', { title: 'Read', estimateMinutes: 45, dueDate: '2026-11-21T21:00:00.000Z' }],
  ['tomorrow', { title: 'tomorrow', dueDay: '2026-11-22' }],
  ['#Work', { title: '#Work', category: 'Work' }],
  ['mail a@b.example about C#', { title: 'mail a@b.example about C#' }],
  ['Look at https://example.com/#top !', { title: 'Look at https://example.com/#top !' }],
])('%s', (line, expected) => {
  expect(parseQuick(line, moment)).toEqual(expected);
});

describe('what follows every', () => {
  test.each([
    ['every day', 'FREQ=DAILY'],
    ['every 2 days', 'FREQ=DAILY;INTERVAL=2'],
    ['every other week', 'FREQ=WEEKLY;INTERVAL=2'],
    ['every 3 months', 'FREQ=MONTHLY;INTERVAL=3'],
    ['every year', 'FREQ=YEARLY'],
    ['Every Monday', 'FREQ=WEEKLY;BYDAY=MO'],
    ['every mon, wed and fri', 'FREQ=WEEKLY;BYDAY=MO,WE,FR'],
    ['every other thursday', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH'],
    ['every weekday', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    ['every weekend', 'FREQ=WEEKLY;BYDAY=SA,SU'],
    ['every 15th', 'FREQ=MONTHLY;BYMONTHDAY=15'],
    ['every 1st of the month', 'FREQ=MONTHLY;BYMONTHDAY=1'],
    ['every first monday', 'FREQ=MONTHLY;BYDAY=1MO'],
    ['every last friday of the month', 'FREQ=MONTHLY;BYDAY=-1FR'],
    ['every last day', 'FREQ=MONTHLY;BYMONTHDAY=-1'],
  ])('%s', (words, rrule) => {
    expect(parseQuick(`Water plants ${words}`, moment)).toEqual({
      title: 'Water plants',
      recurrence: { rrule, anchor: 'due' },
    });
  });

  test('a bang counts from the completion', () => {
    expect(parseQuick('Cut hair every! 6 weeks', moment)).toEqual({
      title: 'Cut hair',
      recurrence: { rrule: 'FREQ=WEEKLY;INTERVAL=6', anchor: 'completion' },
    });
  });

  test('a time alone belongs to the first date of the rule', () => {
    expect(parseQuick('Review notes every monday at 9am', moment)).toMatchObject({
      title: 'Review notes',
      dueDate: '2026-11-23T08:00:00.000Z',
    });
    expect(parseQuick('Stand up every day at 9am', moment).dueDate).toBe('2026-11-22T08:00:00.000Z');
  });

  test('other words after every are words', () => {
    expect(parseQuick('Greet everyone and every cat', moment)).toEqual({
      title: 'Greet everyone and every cat',
    });
  });
});

test('what is too long for its field is refused by name', () => {
  for (const line of [`x #${'y'.repeat(51)}`, `x @${'y'.repeat(31)}`, 'y'.repeat(201)]) {
    expect(() => parseQuick(line, moment)).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_FAILED',
        errors: [expect.objectContaining({ path: 'body.text' })],
      }),
    );
  }
});

test('any line becomes a task with a title, or is refused', () => {
  const words = fc.constantFrom(
    'every',
    'every!',
    '#a',
    '@b',
    '!high',
    '~1h',
    'tomorrow',
    '9am',
    'x',
    '"',
    '🧠',
    '#',
    '~',
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(words, fc.string({ maxLength: 12 })), { minLength: 1, maxLength: 10 }),
      (parts) => {
        const line = parts.join(' ');
        if (line.trim() === '' || !line.isWellFormed() || line.includes('\0')) return;
        try {
          expect(parseQuick(line, moment).title.trim()).not.toBe('');
        } catch (error) {
          expect(error).toMatchObject({ code: 'VALIDATION_FAILED' });
        }
      },
    ),
    { numRuns: 500 },
  );
});
