import { describe, expect, it } from 'vitest';
import type { Task } from '../../shared/api.ts';
import { changedFields, rebase, toChanges, toValues } from './task-form-values.ts';

const ZONE = 'Europe/Berlin';

// Only what the form shows; a task has more.
const task = {
  id: '019a7d7e-9d3c-7c3a-9a51-0b5f3c1f2a10',
  title: 'Revise graphs',
  description: null,
  link: null,
  status: 'todo',
  priority: 'medium',
  category: 'Study',
  labels: ['exam'],
  dueDate: '2026-12-09T08:00:00.000Z',
  dueDay: null,
  estimateMinutes: 30,
  completedAt: null,
  reminders: [],
  version: 3,
  createdAt: '2026-12-01T08:00:00.000Z',
  updatedAt: '2026-12-01T08:00:00.000Z',
} as unknown as Task;
const base = toValues(task, ZONE);

describe('toChanges', () => {
  it('sends nothing when nothing was changed', () => {
    expect(toChanges(base, base, ZONE)).toEqual({});
  });

  it('sends what was changed, and null for what was emptied', () => {
    const values = {
      ...base,
      title: ' Revise trees ',
      category: '',
      estimateMinutes: '' as const,
      labels: [],
    };
    expect(toChanges(values, base, ZONE)).toEqual({
      title: 'Revise trees',
      category: null,
      estimateMinutes: null,
      labels: [],
    });
  });

  it('turns the wall clock into an instant of the person’s zone', () => {
    const values = { ...base, dueWall: '2026-07-01 09:00:00' };
    expect(toChanges(values, base, ZONE)).toEqual({ dueDate: '2026-07-01T07:00:00.000Z', dueDay: null });
  });

  it('clears the instant when the task becomes all-day, and both when it has no date', () => {
    const allDay = { ...base, dueKind: 'day' as const, dueDay: '2026-12-10' };
    expect(toChanges(allDay, base, ZONE)).toEqual({ dueDate: null, dueDay: '2026-12-10' });
    expect(toChanges({ ...base, dueKind: 'none' }, base, ZONE)).toEqual({ dueDate: null, dueDay: null });
  });

  it('ignores a day that was picked and then not used', () => {
    expect(changedFields({ ...base, dueDay: '2026-12-10' }, base)).toEqual([]);
  });
});

describe('rebase', () => {
  it('keeps what was typed and takes the rest from the newer version', () => {
    const latest = toValues({ ...task, priority: 'high', version: 4 }, ZONE);
    const moved = rebase({ ...base, title: 'Typed' }, base, latest);
    expect(moved.conflicts).toEqual([]);
    expect(moved.values).toMatchObject({ title: 'Typed', priority: 'high' });
  });

  it('names the fields both sides changed, and keeps what was typed', () => {
    const latest = toValues({ ...task, title: 'Theirs' }, ZONE);
    const moved = rebase({ ...base, title: 'Mine' }, base, latest);
    expect(moved).toMatchObject({ conflicts: ['title'], values: { title: 'Mine' } });
  });

  it('sees no conflict where both made the same change', () => {
    const latest = toValues({ ...task, title: 'Same' }, ZONE);
    expect(rebase({ ...base, title: 'Same' }, base, latest).conflicts).toEqual([]);
  });
});
