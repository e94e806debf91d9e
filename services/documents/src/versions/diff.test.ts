import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffOf } from './diff.ts';

const text = (content: string, version = 1) => ({ version, title: 'T', content, tags: [] as string[] });
const diff = (older: string, newer: string) => diffOf(text(older), text(newer, 2));
/** `-old`, `+new`, ` same`: as people know it. */
const shown = (older: string, newer: string) =>
  diff(older, newer).hunks.map(({ fromLine, toLine, lines }) => [
    `${fromLine} ${toLine}`,
    ...lines.map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`),
  ]);
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`);

describe('lines', () => {
  test.each<[string, string, string[][]]>([
    ['', '', []],
    ['a', 'a\n', []],
    ['a\nb', 'a\r\nb\r\n', []],
    ['', 'a', [['1 1', '+a']]],
    ['a', '', [['1 1', '-a']]],
    ['a\nb\nc', 'a\nB\nc', [['1 1', ' a', '-b', '+B', ' c']]],
    ['a\n\n', 'a\n', [['1 1', ' a', '-']]],
    ['a\rb', 'a\rc', [['1 1', '-a\rb', '+a\rc']]],
  ])('%j to %j', (older, newer, expected) => expect(shown(older, newer)).toEqual(expected));

  test('three lines around each change; what is near is one hunk', () => {
    const older = numbered(30);
    const newer = older.with(4, 'five').with(11, 'twelve').with(24, 'twenty-five');
    const hunks = shown(older.join('\n'), newer.join('\n'));
    expect(hunks.map(([place, ...lines]) => [place, lines.length])).toEqual([
      ['2 2', 16],
      ['22 22', 8],
    ]);
    const { addedLines, removedLines, isCut } = diff(older.join('\n'), newer.join('\n'));
    expect({ addedLines, removedLines, isCut }).toEqual({ addedLines: 3, removedLines: 3, isCut: false });
  });
});

test('the shown changes lead from one text to the other', () => {
  const content = fc.array(fc.constantFrom('a', 'b', 'c', 'd', '').map(String), { maxLength: 40 });
  fc.assert(
    fc.property(content, content, (older, newer) => {
      const { hunks } = diff(older.map((line) => `${line}\n`).join(''), newer.map((l) => `${l}\n`).join(''));
      const result = [...older];
      for (const { fromLine, lines } of [...hunks].reverse()) {
        const was = lines.filter(({ kind }) => kind !== 'added').map((line) => line.text);
        const is = lines.filter(({ kind }) => kind !== 'removed').map((line) => line.text);
        expect(result.splice(fromLine - 1, was.length, ...is)).toEqual(was);
      }
      expect(result).toEqual(newer);
    }),
  );
});

test('title and tags', () => {
  const older = { version: 3, title: 'Old', content: 'same', tags: ['a', 'b'] };
  const newer = { version: 7, title: 'New', content: 'same', tags: ['b', 'c'] };
  expect(diffOf(older, newer)).toEqual({
    ...{ from: 3, to: 7, title: { from: 'Old', to: 'New' }, tags: { added: ['c'], removed: ['a'] } },
    ...{ addedLines: 0, removedLines: 0, hunks: [], isCut: false },
  });
});

describe('texts of a megabyte are compared without anybody waiting for long', () => {
  const fill = (line: (index: number) => string) => {
    let whole = '';
    for (let index = 0; whole.length < 1_048_000; index += 1) whole += `${line(index)}\n`;
    return whole;
  };
  test.each<[string, string, string]>([
    ['nothing in common', fill((i) => `a ${i}`), fill((i) => `b ${i * 7}`)],
    ['every other line', fill((i) => `${i}`), fill((i) => (i % 2 ? `${i}` : `${i}!`))],
    ['empty lines', '\n'.repeat(1_048_576), `x${'\n'.repeat(1_048_575)}y`],
    ['two letters in turn', fill((i) => 'ab'[i % 2] as string), fill((i) => 'ba'[i % 2] as string)],
    ['one line', 'x'.repeat(1_048_576), 'y'.repeat(1_048_576)],
  ])('%s', (_, older, newer) => {
    const began = process.cpuUsage();
    const { hunks, addedLines } = diff(older, newer);
    // 0.1 s, of the processor: the machine that runs all tests at once takes longer by the clock.
    expect(process.cpuUsage(began).user).toBeLessThan(2_000_000);
    expect(addedLines).toBeGreaterThan(0);
    expect(hunks.flatMap(({ lines }) => lines).length).toBeLessThanOrEqual(5_000);
  });
});
