import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WEB = join(ROOT, 'web');
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'package.json'];

async function newest(path: string): Promise<number> {
  const info = await stat(path);
  if (!info.isDirectory()) return info.mtimeMs;
  const entries = await readdir(path);
  return Math.max(info.mtimeMs, ...(await Promise.all(entries.map((entry) => newest(join(path, entry))))));
}

/** Builds the web app unless the build is newer than everything it is made of. */
export async function buildWeb(): Promise<void> {
  const built = await stat(join(WEB, 'dist/index.html')).catch(() => null);
  const changed = Math.max(...(await Promise.all(SOURCES.map((source) => newest(join(WEB, source))))));
  if (built !== null && built.mtimeMs > changed) return;
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  // vitest says `test`, and with anything but `production` React is the one for developers, which does things twice.
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(process.execPath, [vite, 'build'], { cwd: WEB, env });
}
