import { expect, test } from 'vitest';
import { nextTraceparent } from './trace-context.ts';

const hex = (bytes: number) => 'ab'.repeat(bytes);
const started = `00-${'ab'.repeat(16)}-${'ab'.repeat(8)}-01`;
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

test('a trace is continued under a new parent, its flags kept', () => {
  const next = nextTraceparent(`00-${traceId}-00f067aa0ba902b7-00`, hex);
  expect(next).toBe(`00-${traceId}-${'ab'.repeat(8)}-00`);
});

test.each([
  ['none', undefined],
  ['two', [`00-${traceId}-00f067aa0ba902b7-01`, 'x']],
  ['upper case', `00-${traceId.toUpperCase()}-00f067aa0ba902b7-01`],
  ['a trace id of zeros', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
  ['a parent of zeros', `00-${traceId}-${'0'.repeat(16)}-01`],
  ['another version', `01-${traceId}-00f067aa0ba902b7-01`],
  ['more than it may be', `00-${traceId}-00f067aa0ba902b7-01-x`],
])('a trace is started where there is %s', (_name, given) => {
  expect(nextTraceparent(given, hex)).toBe(started);
});
