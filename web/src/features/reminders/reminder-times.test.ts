import { describe, expect, it } from 'vitest';
import { type QuickChoice, quickChoices, quickInstant } from './reminder-times.ts';

const now = new Date('2026-12-09T22:30:00.000Z');
const due = { dueDate: '2026-12-10T12:00:00.000Z' };
const context = { task: due, now, zone: 'Europe/Berlin', customWall: null };

describe('quickChoices', () => {
  it('offers the hour before due only while it is to come', () => {
    expect(quickChoices(due, now)).toContain('beforeDue');
    expect(quickChoices({ dueDate: '2026-12-09T23:00:00.000Z' }, now)).not.toContain('beforeDue');
    expect(quickChoices({ dueDate: null }, now)).not.toContain('beforeDue');
  });
});

describe('quickInstant', () => {
  it.each<[QuickChoice, string]>([
    ['minute', '2026-12-09T22:31:00.000Z'],
    ['hour', '2026-12-09T23:30:00.000Z'],
    ['tomorrow', '2026-12-10T08:00:00.000Z'],
    ['beforeDue', '2026-12-10T11:00:00.000Z'],
  ])('%s is %s', (choice, instant) => {
    expect(quickInstant(choice, context)).toBe(instant);
  });

  it('takes tomorrow from the person’s zone', () => {
    const afterMidnight = { ...context, now: new Date('2026-12-09T23:30:00.000Z') };
    expect(quickInstant('tomorrow', afterMidnight)).toBe('2026-12-11T08:00:00.000Z');
  });

  it('reads a picked time as wall clock, and knows none without one', () => {
    expect(quickInstant('custom', { ...context, customWall: '2026-12-12 18:00:00' })).toBe(
      '2026-12-12T17:00:00.000Z',
    );
    expect(quickInstant('custom', context)).toBeNull();
  });
});
