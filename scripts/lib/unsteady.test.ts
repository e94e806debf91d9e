import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const SUITE = `
let turns = 0;
describe('a suite', () => {
  test('at the second attempt', () => {
    turns += 1;
    expect(turns).toBe(2);
  });
  test('at once', () => {});
});
test('never', () => {
  throw new Error('never');
});
`;

test('only what passed at the second attempt is named', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'spacedly-unsteady-'));
  await writeFile(join(folder, 'some.test.js'), SUITE);
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const reporter = join(ROOT, 'scripts/lib/unsteady.mjs');
  const args = [vitest, 'run', '--root', folder, '--globals', '--retry=1', `--reporter=${reporter}`];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder }).catch(
    (error) => error,
  );
  expect(stdout.match(/^unsteady: .*$/gm)).toEqual([
    'unsteady: some.test.js > a suite > at the second attempt',
  ]);
  await rm(folder, { recursive: true });
});
