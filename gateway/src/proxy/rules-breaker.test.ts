import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Breaker, createBreaker, type Outcome } from './rules-breaker.ts';

const SETTINGS = { windowMs: 10_000, minRequests: 20, failureRatio: 0.5, openMs: 5_000 };
const T0 = 1_750_000_000_000;

function send(breaker: Breaker, outcomes: Outcome[], now: number): void {
  for (const outcome of outcomes) breaker.begin(now)(outcome, now);
}

const failures = (count: number) => Array<Outcome>(count).fill('failure');
const successes = (count: number) => Array<Outcome>(count).fill('success');

describe('opens', () => {
  test.each([
    ['19 failures are too few to say', failures(19), 'closed'],
    ['20 failures', failures(20), 'open'],
    ['half of 20', [...successes(10), ...failures(10)], 'open'],
    ['less than half', [...successes(11), ...failures(10)], 'closed'],
    ['clients that went away say nothing', [...failures(19), 'unknown', 'unknown'] as Outcome[], 'closed'],
  ])('%s', (_name, outcomes, state) => {
    const breaker = createBreaker(SETTINGS);
    send(breaker, outcomes, T0);
    expect(breaker.state(T0)).toBe(state);
    expect(breaker.admits(T0)).toBe(state === 'closed');
  });

  test('what is older than the window does not count', () => {
    const breaker = createBreaker(SETTINGS);
    send(breaker, failures(19), T0);
    send(breaker, failures(1), T0 + 10_000);
    expect(breaker.state(T0 + 10_000)).toBe('closed');
    send(breaker, failures(19), T0 + 10_001);
    expect(breaker.state(T0 + 10_001)).toBe('open');
  });
});

describe('half-open', () => {
  function opened(): Breaker {
    const breaker = createBreaker(SETTINGS);
    send(breaker, failures(20), T0);
    return breaker;
  }

  test('one probe at a time after 5 s; the wait is told', () => {
    const breaker = opened();
    expect(breaker.waitMs(T0 + 1_000)).toBe(4_000);
    expect(breaker.admits(T0 + 4_999)).toBe(false);
    expect(breaker.admits(T0 + 5_000)).toBe(true);
    const settle = breaker.begin(T0 + 5_000);
    expect(breaker.admits(T0 + 5_000)).toBe(false);
    settle('success', T0 + 5_001);
    expect(breaker.state(T0 + 5_001)).toBe('closed');
    // It starts anew: what failed before it opened is forgotten.
    send(breaker, failures(19), T0 + 5_002);
    expect(breaker.state(T0 + 5_002)).toBe('closed');
  });

  test('a probe that fails keeps it open for another 5 s, one whose client goes away makes room for the next', () => {
    const breaker = opened();
    breaker.begin(T0 + 5_000)('failure', T0 + 5_100);
    expect(breaker.admits(T0 + 10_099)).toBe(false);
    breaker.begin(T0 + 10_100)('unknown', T0 + 10_101);
    expect(breaker.admits(T0 + 10_102)).toBe(true);
  });

  test('what was under way when it opened changes nothing, and only the first word of a request counts', () => {
    const breaker = createBreaker(SETTINGS);
    const late = breaker.begin(T0);
    send(breaker, failures(20), T0);
    late('success', T0 + 100);
    expect(breaker.state(T0 + 100)).toBe('open');
    const probe = breaker.begin(T0 + 5_000);
    probe('failure', T0 + 5_000);
    probe('success', T0 + 5_000);
    expect(breaker.state(T0 + 5_000)).toBe('open');
  });
});

test('whatever happens, an open breaker lets nothing through for 5 s and at most one probe at a time then', () => {
  const step = fc.record({
    waitMs: fc.nat(3_000),
    outcome: fc.constantFrom<Outcome>('success', 'failure', 'unknown'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const breaker = createBreaker({ ...SETTINGS, minRequests: 3 });
      let now = T0;
      for (const { waitMs, outcome } of steps) {
        now += waitMs;
        const state = breaker.state(now);
        expect(breaker.admits(now)).toBe(state !== 'open');
        if (!breaker.admits(now)) continue;
        const settle = breaker.begin(now);
        expect(breaker.admits(now)).toBe(state === 'closed');
        settle(outcome, now);
        if (state === 'half-open' && outcome === 'failure') expect(breaker.waitMs(now)).toBe(5_000);
      }
    }),
  );
});
