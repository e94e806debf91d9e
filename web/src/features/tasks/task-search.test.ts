import { describe, expect, it } from 'vitest';
import { activeFilters, columnQuery, listQuery, readSearch } from './task-search.ts';

const ZONE = 'Europe/Berlin';

describe('readSearch', () => {
  it('takes what it knows and drops the rest', () => {
    expect(
      readSearch({ view: 'board', status: 'all', sort: 'due', order: 'desc', deleted: '1', page: 3 }),
    ).toEqual({ view: 'board', status: 'all', sort: 'due', order: 'desc', deleted: 1 });
    expect(
      readSearch({
        view: 'list',
        status: 'done',
        priority: 2,
        overdue: 'yes',
        from: 'soon',
        to: '2026-13-01',
      }),
    ).toEqual({});
  });

  it('reads a number as the text it was', () => {
    expect(readSearch({ label: 2026, q: 7 })).toEqual({ label: '2026', q: '7' });
    expect(readSearch({ q: '   ', category: '' })).toEqual({});
  });
});

describe('listQuery', () => {
  it('shows what is open, without subtasks', () => {
    expect(listQuery({}, ZONE)).toEqual({ completed: '0', subtasks: '0' });
  });

  it('takes days in the person’s zone, both included', () => {
    expect(listQuery({ status: 'all', from: '2026-12-09', to: '2026-12-10' }, ZONE)).toEqual({
      dueAfter: '2026-12-08T23:00:00.000Z',
      dueBefore: '2026-12-10T23:00:00.000Z',
    });
  });

  it('finds subtasks too where something is looked for', () => {
    expect(listQuery({ q: ' graphs ', status: 'todo' }, ZONE)).toEqual({ q: 'graphs', status: 'todo' });
  });
});

describe('columnQuery', () => {
  it('keeps to its status, whatever the address says', () => {
    expect(columnQuery({ status: 'all', priority: 'high' }, 'todo', ZONE)).toEqual({
      priority: 'high',
      status: 'todo',
      sort: 'position',
    });
    expect(columnQuery({}, 'completed', ZONE)).toEqual({ status: 'completed', subtasks: '0' });
  });
});

it('counts the filters besides the status', () => {
  expect(activeFilters({ status: 'todo', view: 'board', overdue: 1, q: 'x' })).toEqual(['overdue', 'q']);
});
