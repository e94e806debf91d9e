import { expect, test } from 'vitest';
import { excerptOf, mentionsIn } from './rules.ts';

test.each([
  ['@ada', ['ada']],
  ['Hello @Ada, and @bo_b!', ['ada', 'bo_b']],
  ['ends with @ada.', ['ada.', 'ada']],
  ['(@ada.l)', ['ada.l']],
  ['mail ada@example.com', []],
  ['@@ada and @ab', []],
  ['@ada @ada @ADA', ['ada']],
  ['x@ada é@ada', []],
])('%s', (content, expected) => {
  expect(mentionsIn(content)).toEqual(expected);
});

test('an excerpt is cut between letters', () => {
  expect(excerptOf('short')).toBe('short');
  expect([...excerptOf('😀'.repeat(300))]).toHaveLength(200);
});
