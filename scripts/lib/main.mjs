import { readFileSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { findNode24 } from './node24.mjs';
import { watchNpm } from './parent.mjs';
import { runToEnd } from './processes.mjs';
import { root, Trouble } from './shared.mjs';

const cli = join(root, 'cli', 'src', 'main.ts');
const bench = join(root, 'bench', 'main.ts');
const screenshots = join(root, 'tests', 'screenshots', 'main.ts');
const compiled = join(root, 'node_modules', '.spacedly', 'compiled');
const usage =
  'usage: node scripts/run.mjs start | dev | test | check | bench | screenshots | lighthouse | licences | cli, each with its arguments';

const commands = {
  async start(args) {
    const { ensureWebBuilt } = await import('./web.mjs');
    await ensureWebBuilt();
    become(cli, ['serve', ...args]);
  },
  async dev(args) {
    const { dev } = await import('./dev.mjs');
    return dev(cli, args);
  },
  async check() {
    const { check } = await import('./check.mjs');
    const { failed } = await check();
    return failed === 0 ? 0 : 1;
  },
  async test(args) {
    const { test } = await import('./test.mjs');
    return test(args);
  },
  cli(args) {
    become(cli, args);
  },
  bench(args) {
    become(bench, args);
  },
  screenshots(args) {
    become(screenshots, args);
  },
  async licences(args) {
    const { licences } = await import('./licences.mjs');
    return licences(args);
  },
  async lighthouse(args) {
    const { ensureWebBuilt } = await import('./web.mjs');
    await ensureWebBuilt();
    become(bench, ['lighthouse', ...args]);
  },
};

/** Runs one command; the process ends with its exit code. */
export async function main([name, ...args]) {
  try {
    const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
    if (command === undefined) throw new Trouble(usage);
    watchNpm(() => process.kill(process.pid, 'SIGTERM'));
    await ensureInstalled();
    const node24 = await findNode24();
    const code =
      node24 === null ? await command(args) : await runToEnd(node24, [process.argv[1], name, ...args]);
    if (code !== undefined) process.exitCode = code;
  } catch (error) {
    console.error(error instanceof Trouble ? error.message : error);
    process.exitCode = 1;
  }
}

/**
 * Continues as `node <file> …` in this process, which saves the start and the memory of another one. What was compiled
 * before is kept, TypeScript without its types too: where nothing is new, what removes them is never loaded, 16 MB of
 * it. So it is on before the first file, and by its variable in the processes that this one starts.
 */
function become(file, args) {
  readFileSync(file); // A clear error where it is missing.
  process.env.NODE_COMPILE_CACHE ??= compiled;
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  process.argv = [process.argv[0], file, ...args];
  module.runMain();
}
