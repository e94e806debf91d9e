import { expect, test } from 'vitest';
import { afterCheck, NEW_HEALTH } from './rules-health.ts';

const thresholds = { unhealthyAfter: 3, healthyAfter: 2 };
const after = (checks: string) =>
  [...checks].reduce((record, check) => afterCheck(record, check === '+', thresholds), NEW_HEALTH).isHealthy;

test.each([
  ['', true],
  ['--', true],
  ['---', false],
  ['--+--', true],
  ['---+', false],
  ['---++', true],
  ['---+-+', false],
  ['---++--', true],
])('checks %s: healthy is %s', (checks, expected) => {
  expect(after(checks)).toBe(expected);
});
