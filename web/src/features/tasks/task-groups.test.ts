import { describe, expect, it } from 'vitest';
import type { Task } from '../../shared/api.ts';
import { type DueGroup, groupOf, toEntries } from './task-groups.ts';

const zone = 'Europe/Berlin';
const now = new Date('2026-12-09T22:30:00.000Z');

describe('groupOf', () => {
  it.each<[Partial<Task>, DueGroup]>([
    [{ dueDate: '2026-12-09T22:00:00.000Z' }, 'late'],
    [{ dueDay: '2026-12-08' }, 'late'],
    [{ dueDate: '2026-12-09T22:45:00.000Z' }, 'today'],
    [{ dueDay: '2026-12-09' }, 'today'],
    // After midnight in Berlin, still the ninth in UTC.
    [{ dueDate: '2026-12-09T23:30:00.000Z' }, 'tomorrow'],
    [{ dueDay: '2026-12-16' }, 'week'],
    [{ dueDay: '2026-12-17' }, 'later'],
    [{}, 'none'],
  ])('%j is %s', (due, group) => {
    expect(groupOf({ dueDate: null, dueDay: null, ...due }, zone, now)).toBe(group);
  });
});

it('puts one heading before each group', () => {
  const tasks = ['2026-12-08', '2026-12-08', '2026-12-10'].map(
    (dueDay, index) => ({ id: String(index), dueDay, dueDate: null }) as Task,
  );
  const kinds = toEntries(tasks, { zone, now }).map(({ key }) => key);
  expect(kinds).toEqual(['group-late', '0', '1', 'group-tomorrow', '2']);
  expect(toEntries(tasks, null)).toHaveLength(3);
});
