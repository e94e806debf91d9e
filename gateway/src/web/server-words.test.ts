import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { server as de } from '../../../web/src/texts/de/server.ts';
import { server as es } from '../../../web/src/texts/es/server.ts';
import { server as hi } from '../../../web/src/texts/hi/server.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const NUMBERS = /\$\{[^}]*\}|\d+(?:[.,]\d+)*/g;

/** All that the server could say, with numbers and what is put in as #. */
async function sources(): Promise<string> {
  const files = ['packages', 'services'].map((folder) => readdir(ROOT + folder, { recursive: true }));
  const names = (await Promise.all(files)).flatMap((list, index) =>
    list.map((name) => `${ROOT}${['packages', 'services'][index]}/${name}`),
  );
  const own = names.filter((name) => name.endsWith('.ts') && !/node_modules|\.test\.ts$/.test(name));
  const texts = await Promise.all(own.map((name) => readFile(name, 'utf8')));
  return texts.join('\n').replaceAll(NUMBERS, '#');
}

describe.each([
  ['de', de],
  ['es', es],
  ['hi', hi],
])('%s', (_language, words) => {
  it('has words for every problem there is', async () => {
    const page = await readFile(`${ROOT}docs/problems.md`, 'utf8');
    const slugs = [...page.matchAll(/problems\/([a-z-]+)`/g)].map(([, slug]) => slug as string);
    expect(slugs.length).toBeGreaterThan(90);
    expect(Object.keys(words.problems).sort()).toEqual(slugs.sort());
  });

  it('puts every number of a sentence into the translation', () => {
    const count = (text: string) => text.split('#').length;
    for (const [english, own] of Object.entries(words.sentences))
      expect(count(own), english).toBe(count(english));
  });
});

it('translates nothing that the server says no longer', async () => {
  const said = await sources();
  for (const sentence of Object.keys(de.sentences)) expect(said).toContain(sentence);
});
