import { describe, expect, it } from 'vitest';
import type { Reminder } from '../../shared/api.ts';
import { afterAction } from './reminder-rules.ts';

const now = new Date('2026-12-09T22:30:00.000Z');
const reminder = {
  id: '1',
  status: 'sent',
  scheduledAt: '2026-12-09T22:00:00.000Z',
  sentAt: '2026-12-09T22:00:01.000Z',
  completedAt: null,
} as Reminder;

describe('afterAction', () => {
  it('snoozed, a reminder waits again for an hour from now', () => {
    const snoozed = { status: 'pending', scheduledAt: '2026-12-09T23:30:00.000Z', sentAt: null };
    expect(afterAction(reminder, 'snooze', now)).toEqual([{ ...reminder, ...snoozed }]);
  });

  it('completed, it stays where it was', () => {
    const completed = { status: 'completed', completedAt: now.toISOString() };
    expect(afterAction(reminder, 'complete', now)).toEqual([{ ...reminder, ...completed }]);
  });

  it('deleted, it is gone', () => {
    expect(afterAction(reminder, 'delete', now)).toEqual([]);
  });
});
