import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';

const WEB = fileURLToPath(new URL('../../../web', import.meta.url));
const BUDGET_BYTES = 200_000;
/** What every page loads: the entry, and what the entry asks for at once. */
const ALWAYS = ['index', 'start', 'en'];

interface Chunk {
  file: string;
  name?: string;
  imports?: string[];
}
type Manifest = Record<string, Chunk>;
let folder: string;
let manifest: Manifest;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spacedly-build-'));
  const vite = join(
    dirname(createRequire(join(WEB, 'package.json')).resolve('vite/package.json')),
    'bin/vite.js',
  );
  const args = [vite, 'build', '--manifest', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'];
  // The tests' own NODE_ENV would build React for development.
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(process.execPath, args, { cwd: WEB, env });
  manifest = JSON.parse(await readFile(join(folder, '.vite/manifest.json'), 'utf8')) as Manifest;
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The files of the chunks with these names and of all they import statically. */
function filesOf(names: readonly string[]): Set<string> {
  const files = new Set<string>();
  const collect = ({ file, imports = [] }: Chunk) => {
    if (files.has(file)) return;
    files.add(file);
    for (const next of imports) collect(manifest[next] as Chunk);
  };
  for (const name of names) {
    const chunk = Object.values(manifest).find((each) => each.name === name && each.file.endsWith('.js'));
    if (chunk === undefined) throw new Error(`the build has no chunk ${name}`);
    collect(chunk);
  }
  return files;
}

test.each([
  ['the landing page', ['landing-page']],
  ['the sign-in', ['sign-in']],
  ['Today', ['planner']],
])('the first load of %s keeps within 200 KB of JavaScript, gzipped, in few files', async (_, names) => {
  const files = [...filesOf([...ALWAYS, ...names])];
  const contents = await Promise.all(files.map((file) => readFile(join(folder, file))));
  const bytes = contents.reduce((sum, content) => sum + gzipSync(content).length, 0);
  expect(bytes, files.join('\n')).toBeLessThanOrEqual(BUDGET_BYTES);
  expect(files.length, files.join('\n')).toBeLessThanOrEqual(8);
});

test('what everybody loads soon after brings nothing of Today', () => {
  const planner = [...filesOf(['planner'])].filter((file) => file.includes('/planner-'));
  expect(planner).toHaveLength(1);
  expect([...filesOf(['toasts'])]).not.toContain(planner[0]);
});
