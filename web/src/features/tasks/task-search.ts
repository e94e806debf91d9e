import type { paths } from '../../shared/api.gen.ts';
import type { Priority, TaskStatus } from '../../shared/api.ts';
import { addDays, wallToInstant } from '../../shared/zone.ts';

export type TaskListQuery = NonNullable<paths['/v1/tasks']['get']['parameters']['query']>;
export type TaskSort = NonNullable<TaskListQuery['sort']>;
export type TaskView = 'list' | 'board' | 'table';

/** What the address says about the tasks shown. What is left out has its default, so plain `/tasks` stays plain. */
export interface TaskSearch {
  view?: Exclude<TaskView, 'list'>;
  /** Without: everything open. */
  status?: TaskStatus | 'all';
  priority?: Priority;
  category?: string;
  label?: string;
  overdue?: 1;
  /** Due days, both included, in the person's zone. */
  from?: string;
  to?: string;
  q?: string;
  sort?: Exclude<TaskSort, 'created'>;
  order?: 'asc' | 'desc';
  deleted?: 1;
}

const MAX_CATEGORY = 50;
const MAX_LABEL = 30;
const MAX_WORDS = 200;

function oneOf<T extends string>(values: readonly T[], value: unknown): T | undefined {
  return values.find((known) => known === value);
}

/** The router reads `?label=2026` as a number. */
function text(value: unknown, max: number): string | undefined {
  const written = typeof value === 'number' ? String(value) : value;
  return typeof written === 'string' && written.trim() !== '' ? written.slice(0, max) : undefined;
}

function day(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : undefined;
}

function flag(value: unknown): 1 | undefined {
  return value === 1 || value === '1' || value === true ? 1 : undefined;
}

/** Reads the address; what it cannot mean is left out. */
export function readSearch(raw: Record<string, unknown>): TaskSearch {
  const read: TaskSearch = {
    view: oneOf(['board', 'table'], raw.view),
    status: oneOf(['todo', 'in-progress', 'completed', 'all'], raw.status),
    priority: oneOf(['low', 'medium', 'high'], raw.priority),
    category: text(raw.category, MAX_CATEGORY),
    label: text(raw.label, MAX_LABEL),
    overdue: flag(raw.overdue),
    from: day(raw.from),
    to: day(raw.to),
    q: text(raw.q, MAX_WORDS),
    sort: oneOf(['due', 'priority', 'position'], raw.sort),
    order: oneOf(['asc', 'desc'], raw.order),
    deleted: flag(raw.deleted),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** The filters besides the status, which has its own control. */
export const FILTERS = ['priority', 'category', 'label', 'overdue', 'from', 'to', 'q'] as const;

export function activeFilters(search: TaskSearch): (typeof FILTERS)[number][] {
  return FILTERS.filter((name) => search[name] !== undefined);
}

/** The filters of the address as the API takes them, without the status. */
function filterQuery(search: TaskSearch, zone: string): TaskListQuery {
  const { priority, category, label, overdue, from, to, q } = search;
  return {
    ...(priority && { priority }),
    ...(category && { category }),
    ...(label && { label }),
    ...(overdue && { overdue: '1' as const }),
    ...(from && { dueAfter: wallToInstant(`${from} 00:00:00`, zone) }),
    ...(to && { dueBefore: wallToInstant(`${addDays(to, 1)} 00:00:00`, zone) }),
    ...(q && { q: q.trim() }),
    // Who looks for something wants it wherever it is; a plain list shows whole tasks.
    ...(activeFilters(search).length === 0 && { subtasks: '0' as const }),
  };
}

/** What the list and the table ask the API for. */
export function listQuery(search: TaskSearch, zone: string): TaskListQuery {
  const { status, sort, order } = search;
  return {
    ...filterQuery(search, zone),
    ...(status === undefined && { completed: '0' as const }),
    ...(status !== undefined && status !== 'all' && { status }),
    ...(sort && { sort }),
    ...(order && { order }),
  };
}

/** What one column of the board asks for: the manual order, and of what is done the newest first. */
export function columnQuery(search: TaskSearch, status: TaskStatus, zone: string): TaskListQuery {
  return {
    ...filterQuery(search, zone),
    status,
    ...(status !== 'completed' && { sort: 'position' as const }),
  };
}
