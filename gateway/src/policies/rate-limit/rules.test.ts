import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Limit,
  levelAt,
  levelHeader,
  parseLimit,
  policyHeader,
  retryAfterSeconds,
  takeToken,
} from './rules.ts';

const limit = (capacity: number, windowMs: number): Limit => ({
  name: 'x',
  capacity,
  windowMs,
  counts: 'requests',
  onOutage: 'open',
});

describe('a bucket', () => {
  const usual = limit(100, 10_000);

  test('holds its capacity, then one token for each interval', () => {
    let fullAt = 0;
    for (let taken = 0; taken < 100; taken += 1) fullAt = takeToken(fullAt, 1_000, usual) as number;
    expect(takeToken(fullAt, 1_000, usual)).toBeNull();
    expect(levelAt(fullAt, 1_000, usual)).toEqual({ remaining: 0, fullInMs: 10_000, retryInMs: 100 });
    expect(takeToken(fullAt, 1_099, usual)).toBeNull();
    expect(takeToken(fullAt, 1_100, usual)).not.toBeNull();
    expect(levelAt(fullAt, 11_000, usual)).toEqual({ remaining: 100, fullInMs: 0, retryInMs: 0 });
  });

  // What a token bucket is, written down as the textbooks do: a level that grows with time up to the capacity.
  test('is the token bucket of the textbooks, whatever happens', () => {
    const step = fc.record({ waitMs: fc.nat(5_000), takes: fc.integer({ min: 1, max: 8 }) });
    const sizes = fc.record({
      capacity: fc.integer({ min: 1, max: 50 }),
      windowMs: fc.integer({ min: 50, max: 60_000 }),
    });
    fc.assert(
      fc.property(sizes, fc.array(step, { maxLength: 60 }), ({ capacity, windowMs }, steps) => {
        const bucket = limit(capacity, windowMs);
        let [now, fullAt, tokens] = [1_000, 0, capacity];
        for (const { waitMs, takes } of steps) {
          now += waitMs;
          tokens = Math.min(capacity, tokens + (waitMs * capacity) / windowMs);
          for (let taken = 0; taken < takes; taken += 1) {
            const next = takeToken(fullAt, now, bucket);
            // Within a rounding error of a whole token both answers are right; the model follows.
            if (Math.abs(tokens - 1) > 1e-6) expect(next !== null).toBe(tokens >= 1);
            if (next === null) continue;
            tokens -= 1;
            fullAt = next;
          }
          expect(Math.abs(levelAt(fullAt, now, bucket).remaining - tokens)).toBeLessThan(1 + 1e-6);
        }
      }),
    );
  });

  // `performance.now()` has fractions, of which sums are a little off: 180.00000000000003 s were told as 181.
  test('says whole seconds where they are whole, on any clock of a process of up to a year', () => {
    const YEAR_MS = 31_536_000_000;
    const sizes = fc.record({
      capacity: fc.integer({ min: 1, max: 200 }),
      intervalSeconds: fc.integer({ min: 1, max: 3_600 }),
      now: fc.double({ min: 0, max: YEAR_MS, noNaN: true }),
    });
    fc.assert(
      fc.property(sizes, ({ capacity, intervalSeconds, now }) => {
        const bucket = limit(capacity, capacity * intervalSeconds * 1_000);
        let fullAt = 0;
        for (let taken = 1; taken <= capacity; taken += 1) {
          fullAt = takeToken(fullAt, now, bucket) as number;
          expect(fullAt).not.toBeNull();
          const header = levelHeader([bucket], [levelAt(fullAt, now, bucket)]);
          expect(header).toBe(`"x";r=${capacity - taken};t=${taken * intervalSeconds}`);
        }
        expect(takeToken(fullAt, now, bucket)).toBeNull();
        expect(retryAfterSeconds([levelAt(fullAt, now, bucket)])).toBe(intervalSeconds);
      }),
    );
  });
});

test.each([
  ['100/10s', { capacity: 100, windowMs: 10_000 }],
  ['5/15m', { capacity: 5, windowMs: 900_000 }],
  ['3/h', { capacity: 3, windowMs: 3_600_000 }],
  ['1/1d', { capacity: 1, windowMs: 86_400_000 }],
  ['off', null],
])('%s', (text, expected) => expect(parseLimit(text)).toEqual(expected));

test('headers as the draft of the IETF has them', () => {
  const limits = [limit(100, 10_000), { ...limit(10, 3_600_000), name: 'upload' }];
  expect(policyHeader(limits)).toBe('"x";q=100;w=10, "upload";q=10;w=3600');
  const levels = [
    { remaining: 99, fullInMs: 100, retryInMs: 0 },
    { remaining: 0, fullInMs: 3_600_000, retryInMs: 360_000 },
  ];
  expect(levelHeader(limits, levels)).toBe('"x";r=99;t=1, "upload";r=0;t=3600');
  expect(retryAfterSeconds(levels)).toBe(360);
});
