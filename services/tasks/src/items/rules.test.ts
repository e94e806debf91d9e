import { Problem } from '@spacedly/kit';
import { expect, test } from 'vitest';
import { isCompletion, planTask, planUpdate, type TaskRow } from './rules.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const clock = { now, timeZone: () => 'Europe/Berlin' };
const task: TaskRow = {
  id: 't',
  userId: 'u',
  title: 'Graphs',
  description: null,
  link: null,
  status: 'todo',
  priority: 'medium',
  category: null,
  labels: [],
  dueDate: null,
  dueDay: null,
  estimateMinutes: null,
  parentId: null,
  position: 0,
  recurrence: null,
  seriesId: null,
  completedAt: null,
  version: 1,
  createdAt: now,
  updatedAt: now,
  deletedAt: null,
};
const due = '2026-03-02T09:00:00.000Z';

test('a task has a due instant or a due day', () => {
  expect(planTask({ title: 'x', dueDate: due }, 't', clock).dueDate).toEqual(new Date(due));
  expect(() => planTask({ title: 'x', dueDate: due, dueDay: '2026-03-02' }, 't', clock)).toThrow(Problem);
  expect(() => planUpdate(task, { dueDate: due, dueDay: '2026-03-02' }, clock)).toThrow(Problem);
});

test('giving one kind of due date clears the other', () => {
  const withDay = { ...task, dueDay: '2026-03-02' };
  expect(planUpdate(withDay, { dueDate: due }, clock)).toEqual({ dueDate: new Date(due), dueDay: null });
  const withDate = { ...task, dueDate: new Date(due) };
  expect(planUpdate(withDate, { dueDay: '2026-03-02' }, clock)).toEqual({
    dueDay: '2026-03-02',
    dueDate: null,
  });
  expect(planUpdate(withDate, { dueDay: null }, clock)).toEqual({ dueDay: null });
});

test('the status settles when a task was completed', () => {
  const completed = {
    ...task,
    status: 'completed' as const,
    completedAt: new Date('2026-02-01T00:00:00.000Z'),
  };
  expect(planUpdate(task, { status: 'completed' }, clock).completedAt).toBe(now);
  expect(planUpdate(completed, { status: 'completed' }, clock)).not.toHaveProperty('completedAt');
  expect(planUpdate(completed, { status: 'in-progress' }, clock).completedAt).toBeNull();
  expect(planTask({ title: 'x', status: 'completed' }, 't', clock).completedAt).toBe(now);
});

test('only an open task is completed by a change', () => {
  expect(isCompletion(task, { status: 'completed' })).toBe(true);
  expect(isCompletion({ ...task, status: 'completed' }, { status: 'completed' })).toBe(false);
  expect(isCompletion(task, { title: 'y' })).toBe(false);
});
