import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Something to tell in plain words, without a stack trace. */
export class Trouble extends Error {}

export function say(text) {
  console.log(text);
}

/** @returns {string | null} null where there is no such file. */
export function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  }
}

/** Writes the whole file or nothing. */
export function writeText(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  const half = `${path}.${process.pid}`;
  writeFileSync(half, text);
  renameSync(half, path);
}

export function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

/** The script of an installed tool, looked up as Node does from `folder`. */
export function toolScript(script, folder = root) {
  for (let from = folder; ; from = dirname(from)) {
    const path = join(from, 'node_modules', script);
    if (existsSync(path)) return path;
    if (from === dirname(from)) throw new Trouble(`${script} is not installed; run \`npm ci\``);
  }
}

/** 1234 → "1.2 s" */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
