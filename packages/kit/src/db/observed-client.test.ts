import { expect, test } from 'vitest';
import { statementText } from './observed-client.ts';

test.each([
  ['SELECT *\n  FROM   tasks WHERE id = $1', 'SELECT * FROM tasks WHERE id = $1'],
  ["SELECT 'ada@example.com', 'it''s'", "SELECT '?', '?'"],
  ["SELECT 'cut off", "SELECT '?'"],
])('a statement without values: %j', (text, shown) => {
  expect(statementText(text)).toBe(shown);
});

test('a long statement is cut', () => {
  expect(statementText(`SELECT ${'x, '.repeat(5_000)}`).length).toBe(1_000);
});
