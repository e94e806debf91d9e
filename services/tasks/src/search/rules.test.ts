import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ASKED_BITS, bitsOf, cutIntoBlocks, FILTER_BYTES, type Searched } from './rules.ts';

const task = (title: string, description: string | null = null, n = 0): Searched => ({
  createdAt: new Date(n),
  id: `task ${n}`,
  title,
  description,
});
const isSet = (filter: Buffer, bit: number) => ((filter[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
const mayHave = (filter: Buffer, words: string) => bitsOf(words).every((bit) => isSet(filter, bit));

test('a filter has the bits of whatever stands in its tasks', () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(text, text, fc.nat(), fc.nat(), (title, description, from, length) => {
      const [block] = cutIntoBlocks([task('another'), task(title, description)]);
      for (const whole of [title, description]) {
        const start = from % whole.length;
        const part = whole.slice(start, start + 1 + (length % (whole.length - start)));
        expect(mayHave(block?.filter as Buffer, part)).toBe(true);
      }
    }),
  );
});

test('what does not stand there is mostly told apart, be its letters as common as they may', () => {
  const sentence = 'read the second chapter of the book about placentas and write down every question';
  const [block] = cutIntoBlocks(Array.from({ length: 16 }, (_, n) => task(sentence, `${sentence} ${n}`, n)));
  const others = ['placebo', 'chapel', 'seconded', 'questing', 'abhor', 'zq', 'z', '漢字', 'xyz'];
  expect(others.filter((words) => mayHave(block?.filter as Buffer, words))).toEqual([]);
});

test('asks for as many bits of short words as of long ones', () => {
  for (const length of [1, 2, 3, 4, 5, 6, 7, 20, 200]) {
    const bits = bitsOf('abcdefghij'.repeat(20).slice(0, length));
    expect(bits).toHaveLength(ASKED_BITS);
    for (const bit of bits) expect(bit >= 0 && bit < FILTER_BYTES * 8).toBe(true);
  }
});

test('a block ends with its sixteenth task, or when it has text enough', () => {
  const sizes = (tasks: Searched[]) =>
    cutIntoBlocks(tasks).map(({ last, isFull }) => [last.createdAt.getTime(), isFull]);
  const many = (count: number, length: number) =>
    Array.from({ length: count }, (_, n) => task('x'.repeat(length), null, n));
  expect(sizes([])).toEqual([]);
  expect(sizes(many(40, 10))).toEqual([[15, true], [31, true], [39, false]]); // biome-ignore format: pairs
  expect(sizes(many(5, 1_000))).toEqual([[2, true], [4, false]]); // biome-ignore format: pairs
  expect(sizes(many(2, 10_000))).toEqual([[0, true], [1, true]]); // biome-ignore format: pairs
});
