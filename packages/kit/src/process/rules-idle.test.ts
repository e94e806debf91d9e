import { expect, test } from 'vitest';
import { afterLook, FRESH, type Idleness, type Look } from './rules-idle.ts';

const MB = 1_048_576;
const quiet: Look = { load: 0.005, heapBytes: 100 * MB };
const busy: Look = { load: 0.3, heapBytes: 100 * MB };

/** As long as it takes for another collection. */
const aMinute = (look: Look) => Array.from({ length: 12 }, () => look);

/** At which of the looks a collection is due. */
function dueAt(looks: readonly Look[], from: Idleness = FRESH): number[] {
  let idleness = from;
  return looks.flatMap((look, index) => {
    const { isDue, ...next } = afterLook(idleness, look);
    idleness = isDue ? { quietLooks: 0, floorBytes: 40 * MB } : next;
    return isDue ? [index] : [];
  });
}

test('garbage is collected once the process was quiet for two looks in a row', () => {
  expect(dueAt([busy, quiet, busy, quiet, busy])).toEqual([]);
  expect(dueAt([busy, quiet, busy, quiet, quiet, busy])).toEqual([4]);
});

test('and again only when much has grown since, and after a minute', () => {
  const small: Look = { ...quiet, heapBytes: 47 * MB };
  expect(dueAt([quiet, quiet, ...aMinute(small), small])).toEqual([1]);
  expect(dueAt([quiet, quiet, busy, ...aMinute(quiet)])).toEqual([1, 14]);
  expect(dueAt([quiet, quiet, busy, ...aMinute(quiet).slice(1), busy])).toEqual([1]);
});

test('what was given back after the collection counts for the next one', () => {
  const floor: Idleness = { quietLooks: 0, floorBytes: 90 * MB };
  const shrunk: Look = { ...quiet, heapBytes: 40 * MB };
  expect(dueAt([shrunk, ...aMinute({ ...quiet, heapBytes: 49 * MB })], floor)).toEqual([11]);
});

test('a heap that shrank by itself is no reason', () => {
  const floor: Idleness = { quietLooks: 12, floorBytes: 60 * MB };
  expect(dueAt([{ ...quiet, heapBytes: 55 * MB }], floor)).toEqual([]);
});
