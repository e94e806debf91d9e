import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from './processes.mjs';
import { root, say, seconds, toolScript } from './shared.mjs';

/**
 * Format, lint, import boundaries and types. One line per step, and the whole output of those that fail.
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function check() {
  const start = Date.now();
  const results = await Promise.all(steps().map(runStep));
  const failed = results.filter((isPassed) => !isPassed).length;
  say(
    failed === 0
      ? `checked in ${seconds(Date.now() - start)}`
      : `${failed} of ${results.length} checks failed`,
  );
  return { passed: results.length - failed, failed };
}

function steps() {
  const tsc = toolScript('typescript/bin/tsc');
  const all = [
    {
      name: 'format, lint, imports',
      args: [
        toolScript('@biomejs/biome/bin/biome'),
        'ci',
        '.',
        process.stdout.isTTY ? '--colors=force' : '--colors=off',
      ],
    },
    { name: 'types', args: [tsc, '--noEmit', '-p', join(root, 'tsconfig.json')] },
    { name: 'types of the web app', args: [tsc, '--noEmit', '-p', join(root, 'web', 'tsconfig.json')] },
  ];
  return all.filter(({ args }) => args.at(-2) !== '-p' || existsSync(args.at(-1)));
}

async function runStep({ name, args }) {
  const start = Date.now();
  const { code, output } = await capture(process.execPath, args);
  say(`${code === 0 ? '✓' : '✗'} ${name.padEnd(22)} ${seconds(Date.now() - start)}`);
  if (code !== 0) say(output);
  return code === 0;
}
