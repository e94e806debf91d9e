import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { settingProblems } from '../harness/settings.ts';

const FOLDER = fileURLToPath(new URL('../../deploy/systemd/', import.meta.url));
const run = promisify(execFile);

const folder = mkdtempSync(join(tmpdir(), 'spacedly-systemd-'));
afterAll(() => rmSync(folder, { recursive: true }));
cpSync(FOLDER, folder, { recursive: true });
// A template is looked at by one of its instances.
cpSync(join(FOLDER, 'spacedly@.service'), join(folder, 'spacedly@auth.service'));

const units = readdirSync(FOLDER).filter((name) => name.endsWith('.service'));
const hasSystemd = await run('systemd-analyze', ['--version']).then(
  () => true,
  () => false,
);
if (!hasSystemd) console.warn('SKIPPED the check of the units: no systemd-analyze found.');

describe.each(units)('%s', (unit) => {
  const text = readFileSync(join(FOLDER, unit), 'utf8');

  test('sets what are settings, and starts what there is', () => {
    const given = [...text.matchAll(/^Environment=(.*)$/gm)].flatMap(([, line = '']) => line.split(' '));
    const settings: Record<string, string> = Object.fromEntries(given.map((each) => each.split('=', 2)));
    const { NODE_COMPILE_CACHE, ...own } = settings;
    expect(NODE_COMPILE_CACHE).toBe('/var/cache/spacedly');
    expect(settingProblems({ PUBLIC_URL: 'https://plan.example.com', ...own })).toEqual([]);
    for (const value of Object.values(settings)) {
      const credential = /^%d\/(.*)$/.exec(value)?.[1];
      if (credential !== undefined) expect(text).toContain(`\nLoadCredential=${credential}:`);
    }
    expect(text).toMatch(/^ExecStart=\/usr\/bin\/node cli\/src\/main\.ts (serve|migrate)/m);
  });

  test.skipIf(!hasSystemd)('leaves the service little to do harm with', { timeout: 60_000 }, async () => {
    const { stdout } = await run(
      'systemd-analyze',
      ['security', '--offline=true', '--threshold=15', `./${unit}`],
      {
        cwd: folder,
      },
    );
    expect(stdout).toMatch(/Overall exposure level .*: [01]\.\d OK/);
  });
});

test.skipIf(!hasSystemd)('systemd understands every line', { timeout: 60_000 }, async () => {
  const names = readdirSync(folder).filter(
    (name) => /\.(service|target)$/.test(name) && !name.includes('@.'),
  );
  const { stdout, stderr } = await run('systemd-analyze', ['verify', ...names.map((name) => `./${name}`)], {
    cwd: folder,
  }).catch((error) => error);
  // Where there is no /usr/bin/node, that alone is told.
  const said = `${stdout}${stderr}`.split('\n').filter((line) => line && !/is not executable/.test(line));
  expect(said).toEqual([]);
});
