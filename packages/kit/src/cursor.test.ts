import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor, toPage } from './cursor.ts';
import { Problem } from './problem.ts';

const id = '019a7d7e-9d3c-7c3a-9a51-0b5f3c1f2a10';

test('a cursor gives its key back', () => {
  const cursor = encodeCursor(['2026-01-01T00:00:00.000Z', id]);
  expect(cursor).toMatch(/^[\w-]+$/);
  expect(decodeCursor(cursor, ['instant', 'uuid'])).toEqual(['2026-01-01T00:00:00.000Z', id]);
});

test.each([
  ['no base64', '***'],
  ['no JSON', Buffer.from('x').toString('base64url')],
  ['no list', encodeCursor({} as never)],
  ['too short', encodeCursor([id])],
  ['another kind', encodeCursor([id, id])],
  ['a day that does not exist', encodeCursor(['2025-02-31T00:00:00.000Z', id])],
  ['a month that does not exist', encodeCursor(['2025-99-01T00:00:00.000Z', id])],
  ['the year 0', encodeCursor(['0000-01-01T00:00:00.000Z', id])],
  ['SQL', encodeCursor(["2026-01-01T00:00:00.000Z' OR 1=1", id])],
])('%s is refused', (_name, cursor) => {
  expect(() => decodeCursor(cursor, ['instant', 'uuid'])).toThrow(Problem);
});

test('the row beyond the limit only says that there is more', () => {
  expect(toPage([1, 2, 3], 2, (row) => [row])).toEqual({ items: [1, 2], nextCursor: encodeCursor([2]) });
  expect(toPage([1, 2], 2, (row) => [row])).toEqual({ items: [1, 2], nextCursor: null });
  expect(toPage([], 2, () => [])).toEqual({ items: [], nextCursor: null });
});
