import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const RUN = fileURLToPath(new URL('../run.mjs', import.meta.url));
const FIXTURE = new URL('fixtures/tell-type-stripper.mjs', import.meta.url).href;

async function run(): Promise<string> {
  const env = { ...process.env, NODE_OPTIONS: `--import ${FIXTURE}`, npm_lifecycle_event: undefined };
  const { stdout } = await promisify(execFile)(process.execPath, [RUN, 'cli', '--help'], { env });
  return stdout;
}

test('what removes the types of TypeScript is not loaded where all files have been read before', async () => {
  await run();
  const said = await run();
  expect(said).toContain('Usage: spacedly');
  expect(said).toContain('type stripper: no');
}, 60_000);
