import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { server as de } from '../texts/de/server.ts';
import { server as es } from '../texts/es/server.ts';
import { server as hi } from '../texts/hi/server.ts';
import { formErrors, messageOf, Problem } from './problem.ts';
import { speak } from './texts.ts';

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

describe('a problem, in German', () => {
  beforeAll(() => speak('de'));
  afterAll(() => speak('en'));
  const problem = (slug: string, detail: string, errors?: { path: string; message: string }[]) =>
    new Problem(400, {
      type: `https://spacedly.dev/problems/${slug}`,
      detail,
      ...(errors !== undefined && { errors }),
    });

  it('is told by its type', () => {
    expect(messageOf(problem('task-not-found', 'Task not found'))).toBe('Diese Aufgabe gibt es nicht');
    expect(messageOf(problem('reminder-closed', 'This reminder is already sent'))).toBe(
      'Diese Erinnerung ist schon vorbei',
    );
  });

  it('is told by its detail where that says more', () => {
    expect(messageOf(problem('too-many-files', 'Send at most 10 files at once'))).toBe(
      'Höchstens 10 Dateien auf einmal',
    );
  });

  it('tells what is wrong with a field', () => {
    const error = problem('validation-failed', 'body.title: Must be at most 500 characters', [
      { path: 'body.title', message: 'Must be at most 500 characters' },
      { path: 'body.text', message: 'labels: Must have at least 1 characters' },
      { path: 'body.other', message: 'Too big: expected number to be <=9' },
    ]);
    expect(formErrors(error, { title: 'title', text: 'text' })).toEqual({
      byField: { title: 'Höchstens 500 Zeichen', text: 'Mindestens 1 Zeichen' },
      rest: 'Etwas an den Angaben stimmt nicht',
    });
  });

  it('is told as the server does when nothing else is known', () => {
    expect(messageOf(problem('constructor', 'Something new'))).toBe('Something new');
  });
});
