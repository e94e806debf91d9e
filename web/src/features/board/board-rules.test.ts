import { expect, it } from 'vitest';
import type { Task } from '../../shared/api.ts';
import { type Columns, neighbourAt, placeOf, withMoved } from './board-rules.ts';

const task = (id: string) => ({ id }) as Task;
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(task) as [Task, Task, Task, Task];
const columns: Columns = { todo: [a, b, c], 'in-progress': [d], completed: [] };
const ids = ({ todo, ...others }: Columns) =>
  [todo, others['in-progress'], others.completed].map((tasks) => tasks.map(({ id }) => id).join(''));

it('finds where a task stands', () => {
  expect(placeOf(columns, 'c')).toEqual({ column: 'todo', index: 2 });
  expect(placeOf(columns, 'x')).toBeNull();
});

it.each([
  [a, { column: 'todo', index: 2 }, ['bca', 'd', '']],
  [c, { column: 'todo', index: 0 }, ['cab', 'd', '']],
  [b, { column: 'in-progress', index: 1 }, ['ac', 'db', '']],
  [d, { column: 'completed', index: 0 }, ['abc', '', 'd']],
] as const)('moves $id', (moved, place, expected) => {
  expect(ids(withMoved(columns, moved, place))).toEqual(expected);
});

it.each([
  [a, { column: 'todo', index: 2 }, { after: 'c' }],
  [c, { column: 'todo', index: 0 }, { before: 'a' }],
  [b, { column: 'todo', index: 1 }, { after: 'a' }],
  [b, { column: 'in-progress', index: 0 }, { before: 'd' }],
  [b, { column: 'completed', index: 0 }, null],
] as const)('knows the neighbour of $id', (moved, place, expected) => {
  expect(neighbourAt(columns, moved, place)).toEqual(expected);
});
