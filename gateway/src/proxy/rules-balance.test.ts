import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseLeastPending } from './rules-balance.ts';

/** Numbers from 0 to below 1 that repeat (Mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('none of none, the only one of one', () => {
  expect(chooseLeastPending([], () => 0)).toBeNull();
  const only = { weight: 1, pending: 1_000 };
  expect(chooseLeastPending([only], () => 0.99)).toBe(only);
});

test('of two the less busy one, for its weight', () => {
  const small = { weight: 1, pending: 3 };
  const large = { weight: 4, pending: 8 };
  for (const random of [0, 0.5, 0.999]) expect(chooseLeastPending([small, large], () => random)).toBe(large);
});

test('idle ones share the requests by their weights', () => {
  const candidates = [1, 2, 5].map((weight) => ({ weight, pending: 0 }));
  const random = seeded(7);
  const counts = new Map(candidates.map((candidate) => [candidate, 0]));
  for (let round = 0; round < 80_000; round += 1) {
    const chosen = chooseLeastPending(candidates, random);
    if (chosen !== null) counts.set(chosen, (counts.get(chosen) ?? 0) + 1);
  }
  const [one = 0, two = 0, five = 0] = counts.values();
  expect(one).toBeGreaterThan(9_500);
  expect(one).toBeLessThan(10_500);
  expect(two / one).toBeCloseTo(2, 0);
  expect(five / one).toBeCloseTo(5, 0);
});

test('never the busiest of all, and always one of them', () => {
  const candidate = fc.record({ weight: fc.integer({ min: 1, max: 100 }), pending: fc.nat(1_000) });
  fc.assert(
    fc.property(fc.array(candidate, { minLength: 2, maxLength: 8 }), fc.integer(), (candidates, seed) => {
      const chosen = chooseLeastPending(candidates, seeded(seed));
      expect(candidates).toContain(chosen);
      const load = ({ pending, weight }: { pending: number; weight: number }) => pending / weight;
      const others = candidates.filter((other) => other !== chosen);
      expect(others.some((other) => load(other) >= load(chosen as never))).toBe(true);
    }),
  );
});
