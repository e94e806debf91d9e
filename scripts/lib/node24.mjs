import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { capture, npmCommand } from './processes.mjs';
import { readText, root, say, Trouble, writeText } from './shared.mjs';

const REQUIRED = 24;
const saved = join(root, 'node_modules', '.spacedly', 'node24');

/**
 * Spacedly runs its TypeScript directly, which Node does from version 24.
 * @returns {Promise<string | null>} the path of a Node 24, or null where this process runs on one already.
 */
export async function findNode24() {
  if (Number.parseInt(process.versions.node, 10) >= REQUIRED) return null;
  const known = readText(saved)?.trim();
  if (known && isExecutable(known)) return known;
  say(`this is Node ${process.versions.node}; fetching Node ${REQUIRED} through npm`);
  const path = await fetchNode();
  writeText(saved, `${path}\n`);
  return path;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function fetchNode() {
  const { program, args, shell } = npmCommand([
    'exec',
    '--yes',
    `--package=node@${REQUIRED}`,
    '--',
    'node',
    '-p',
    'process.execPath',
  ]);
  const { code, output } = await capture(program, args, { shell });
  const path = output.trim().split(/\r?\n/).findLast(isExecutable);
  if (code === 0 && path !== undefined) return path;
  throw new Trouble(
    `${output}\nNode ${REQUIRED} could not be fetched through npm. Install it from https://nodejs.org and start again.`,
  );
}
