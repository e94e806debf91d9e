import { describe, expect, it } from 'vitest';
import { texts as de } from './de/index.ts';
import { texts as en } from './en/index.ts';
import { texts as es } from './es/index.ts';
import { texts as hi } from './hi/index.ts';

type Leaf = string | ((...args: never[]) => string);

/** Every text with the path to it. */
function leaves(value: unknown, path = ''): [string, Leaf][] {
  if (typeof value === 'string' || typeof value === 'function') return [[path, value as Leaf]];
  return Object.entries(value as object).flatMap(([name, inner]) =>
    leaves(inner, path === '' ? name : `${path}.${name}`),
  );
}

/** Words that another language has taken over, or that we have taken from it. */
const SHARED = new Set(
  'Agenda Code Details Id Link Name No Normal Passkeys Personal Plan Push SMS Spacedly Status System Token Total Website'.split(
    ' ',
  ),
);

/** Nothing but signs and arguments, and units. */
function isNobodysWord(said: string): boolean {
  const rest = said.replaceAll(/⟨\d⟩|Spacedly|\bmin\b|\b[hs]\b|\b\d+m\b/g, '');
  return !/\p{L}/u.test(rest) || SHARED.has(said);
}

/** What some take that is neither a word nor a number. */
const ODD: Record<string, unknown[]> = {
  'repeat.every': ['DAILY', 3],
  'repeat.nth': [2, '⟨1⟩'],
  'repeat.list': [['⟨0⟩', '⟨1⟩']],
};

/** Says it with words where it takes words, else with numbers above one. */
function spoken(path: string, leaf: Leaf): string {
  if (typeof leaf === 'string') return leaf;
  const say = leaf as (...args: unknown[]) => string;
  if (ODD[path] !== undefined) return say(...ODD[path]);
  const words = say(...Array.from({ length: leaf.length }, (_, index) => `⟨${index}⟩`));
  return words.includes('NaN') ? say(...Array.from({ length: leaf.length }, (_, index) => index + 3)) : words;
}

/** Whether another number at one place makes another text. */
function tells(path: string, leaf: Leaf, index: number): boolean {
  const say = leaf as (...args: unknown[]) => string;
  const said = Array.from({ length: leaf.length }, () => 3);
  return ODD[path] !== undefined || say(...said) !== say(...said.with(index, 7));
}

describe.each([
  ['de', de],
  ['es', es],
  ['hi', hi],
])('%s', (_language, texts) => {
  const own = new Map(leaves(texts));

  it('says everything that English says, with as many arguments', () => {
    for (const [path, leaf] of leaves(en)) {
      const other = own.get(path);
      expect(typeof other, path).toBe(typeof leaf);
      if (typeof leaf === 'function') expect((other as () => string).length, path).toBe(leaf.length);
    }
    expect(own.size).toBe(leaves(en).length);
  });

  it('says it in its own words', () => {
    const english = leaves(en).filter(
      ([path, leaf]) => spoken(path, leaf) === spoken(path, own.get(path) as Leaf),
    );
    const borrowed = english.filter(([path, leaf]) => !isNobodysWord(spoken(path, leaf)));
    expect(borrowed.map(([path]) => path)).toEqual([]);
  });

  it('leaves out nothing that it is given', () => {
    for (const [path, leaf] of leaves(en)) {
      if (typeof leaf !== 'function') continue;
      for (let index = 0; index < leaf.length; index++) {
        if (tells(path, leaf, index)) expect(tells(path, own.get(path) as Leaf, index), path).toBe(true);
      }
      const said = spoken(path, own.get(path) as Leaf);
      if (said.includes('NaN') || /\d/.test(said.replaceAll(/⟨\d⟩/g, ''))) continue;
      for (const part of spoken(path, leaf).match(/⟨\d⟩/g) ?? []) expect(said, path).toContain(part);
    }
  });
});
