import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const FOLDER = fileURLToPath(new URL('../../deploy/prometheus/', import.meta.url));

const hasPromtool = await run('promtool', ['--version']).then(
  () => true,
  () => false,
);
if (!hasPromtool) console.warn('SKIPPED the alerts: no promtool found. It comes with Prometheus.');

test.skipIf(!hasPromtool)('the alerts are valid, fire when they should and are quiet otherwise', async () => {
  const { stdout } = await run('promtool', ['check', 'config', 'prometheus.yml'], { cwd: FOLDER });
  expect(stdout).toContain('SUCCESS: 12 rules found');
  await run('promtool', ['test', 'rules', 'rules.test.yml'], { cwd: FOLDER });
});
