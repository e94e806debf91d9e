import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from './processes.mjs';
import { readText, root, say, seconds, Trouble, toolScript, writeText } from './shared.mjs';

const web = join(root, 'web');
const dist = join(web, 'dist');
const sources = ['web', 'packages/contracts', 'package-lock.json'];
const ignored = new Set(['node_modules', 'dist']);

/**
 * Builds the web app if its sources changed since the last build. The new build takes the place of the old one when it
 * is complete.
 */
export async function ensureWebBuilt() {
  if (!existsSync(join(web, 'index.html'))) return;
  const hash = hashOf(sources);
  if (readText(join(dist, '.built')) === hash) return;
  const start = Date.now();
  say('building the web app');
  const fresh = join(root, 'node_modules', '.spacedly', `web-${process.pid}`);
  const args = [
    toolScript('vite/bin/vite.js', web),
    'build',
    '--outDir',
    fresh,
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ];
  const { code, output } = await capture(process.execPath, args, { cwd: web });
  if (code !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    throw new Trouble(`${output}\nThe web app could not be built; what its builder says is above.`);
  }
  writeText(join(fresh, '.built'), hash);
  replace(dist, fresh);
  say(`built in ${seconds(Date.now() - start)}`);
}

function replace(target, fresh) {
  const old = `${fresh}-old`;
  mkdirSync(target, { recursive: true });
  renameSync(target, old);
  renameSync(fresh, target);
  rmSync(old, { recursive: true, force: true });
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) addTo(hash, path);
  return hash.digest('hex');
}

function addTo(hash, path) {
  const full = join(root, path);
  try {
    const content = readFileSync(full);
    hash.update(`${path}\0${content.length}\0`).update(content);
  } catch (error) {
    if (error.code !== 'EISDIR') throw error;
    const names = readdirSync(full).filter((name) => !ignored.has(name));
    for (const name of names.sort()) addTo(hash, `${path}/${name}`);
  }
}
