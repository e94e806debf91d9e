import { expect, test } from 'vitest';
import { type Attempt, createRetryBudget, mayRetry } from './rules-retry.ts';

const first: Attempt = { method: 'GET', failure: 'unreachable', attempts: 1, isRepeatable: true };

test.each<[string, Partial<Attempt>, boolean]>([
  ['a connection that did not come about', {}, true],
  ['a connection that took too long', { failure: 'connect-timeout' }, true],
  ['a broken connection', { failure: 'broken' }, true],
  ['an upstream that says 502 or 503', { failure: 'refused' }, true],
  ['an upstream that is slow', { failure: 'timeout' }, false],
  ['a second failure', { attempts: 2 }, false],
  ['a body that was read', { method: 'PUT', isRepeatable: false }, false],
  ['a body that was not', { method: 'PUT' }, true],
  ['DELETE', { method: 'DELETE' }, true],
  ['POST', { method: 'POST' }, false],
  ['PATCH', { method: 'PATCH' }, false],
])('%s: %o → %s', (_name, change, expected) => {
  expect(mayRetry({ ...first, ...change })).toBe(expected);
});

test('retries stay a tenth of the requests, after the few that are there from the start', () => {
  const budget = createRetryBudget(0.1, 10);
  let retries = 0;
  for (let request = 0; request < 10_000; request += 1) {
    budget.earn();
    if (budget.spend()) retries += 1;
  }
  expect(retries).toBeGreaterThanOrEqual(1_000);
  expect(retries).toBeLessThanOrEqual(1_010);
});

test('a quiet time saves up no more than the most', () => {
  const budget = createRetryBudget(0.1, 3);
  for (let request = 0; request < 1_000; request += 1) budget.earn();
  expect([budget.spend(), budget.spend(), budget.spend(), budget.spend()]).toEqual([true, true, true, false]);
});
