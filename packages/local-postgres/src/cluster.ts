import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lchownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { OsUser } from './os-user.ts';
import type { Place } from './place.ts';
import { findProcesses, signal, waitUntilGone } from './processes.ts';

export const SUPERUSER = 'spacedly';
const HALF_MADE = 'postgres.new-';
/** The same order and the same case rules on every machine, by PostgreSQL itself. */
const LOCALE = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
/**
 * What is a letter, for pg_trgm, is asked of the operating system all the same: under "C" it would find no words
 * beyond ASCII. The names differ between systems; "C" exists everywhere.
 */
const LETTERS = ['C.UTF-8', 'en_US.UTF-8', 'C'];
/** Stretching protects passwords that can be guessed, which 256 random bits cannot; it takes 10 ms per connection. */
const SCRAM = ['--auth=scram-sha-256', '-c', 'scram_iterations=1'];

/**
 * Makes sure that there is a cluster: made in a sibling folder and renamed when complete, so that a kill in the middle
 * leaves nothing half-made; what an earlier kill left is removed.
 * @returns the superuser's password, kept in a file that only the installation's owner can read.
 * @throws Error when initdb fails, or the cluster belongs to another version of PostgreSQL.
 */
export async function prepareCluster(
  place: Place,
  options: { durable: boolean; log: (message: string) => void },
): Promise<string> {
  await removeHalfMade(place.home);
  const exists = existsSync(join(place.cluster, 'PG_VERSION'));
  const saved = readPassword(place.dataDir);
  const password = saved ?? writePassword(place.dataDir);
  if (!exists) {
    options.log('creating the database (once)');
    await createCluster(place, password, options.durable);
    return password;
  }
  assertVersion(place);
  const { uid, mode } = statSync(place.cluster);
  if (place.user !== null && uid === 0) giveAll(place.user, place.cluster);
  // A copy made with the usual umask is open to others, which PostgreSQL refuses.
  if ((mode & 0o777) !== 0o700) chmodSync(place.cluster, 0o700);
  if (saved === null) await resetPassword(place, password);
  return password;
}

/** The environment of PostgreSQL's programs: nothing of the application's secrets, no PGHOST or PGDATA of the user's. */
export function programEnvironment(): NodeJS.ProcessEnv {
  if (process.platform !== 'win32') return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG')));
}

async function createCluster(place: Place, password: string, durable: boolean): Promise<void> {
  const half = mkdtempSync(join(place.home, HALF_MADE));
  const passwordFile = join(half, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (place.user !== null) giveAll(place.user, half);
  const cluster = join(half, 'cluster');
  const user = ['-U', SUPERUSER, `--pwfile=${passwordFile}`, ...SCRAM];
  const options = [...user, ...LOCALE, '--no-instructions', ...(durable ? [] : ['--no-sync'])];
  await initdb(place, ['-D', cluster, ...options]);
  renameSync(cluster, place.cluster);
  rmSync(half, { recursive: true, force: true });
}

async function initdb(place: Place, args: string[]): Promise<void> {
  for (const letters of LETTERS) {
    try {
      return await run(place, place.binaries.initdb, [...args, `--lc-ctype=${letters}`]);
    } catch (error) {
      const isUnknown = /invalid locale name/.test((error as Error).message);
      if (!isUnknown || letters === LETTERS.at(-1)) throw error;
    }
  }
}

/** An initdb that outlived its application writes into its half-made folder still, so it is ended first. */
async function removeHalfMade(home: string): Promise<void> {
  const leftovers = readdirSync(home)
    .filter((name) => name.startsWith(HALF_MADE))
    .map((name) => join(home, name));
  if (leftovers.length === 0) return;
  const writers = findProcesses((command) => leftovers.some((folder) => command.includes(folder)));
  for (const pid of writers) signal(pid, 'SIGKILL');
  await waitUntilGone(writers, 5000);
  for (const folder of leftovers)
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

function assertVersion(place: Place): void {
  const version = readFileSync(join(place.cluster, 'PG_VERSION'), 'utf8').trim();
  if (Number(version) === place.binaries.major) return;
  throw new Error(
    `The database in ${place.cluster} was made by PostgreSQL ${version}, this release brings ${place.binaries.major}. ` +
      'Make a backup with the previous release and restore it into an empty data folder with this one.',
  );
}

function readPassword(dataDir: string): string | null {
  const file = join(dataDir, 'postgres.password');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}

function writePassword(dataDir: string): string {
  const file = join(dataDir, 'postgres.password');
  const password = randomBytes(32).toString('base64url');
  writeFileSync(`${file}.new`, `${password}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  return password;
}

/** The password file was lost (a partial copy of the folder): the single-user mode sets a new one. */
async function resetPassword(place: Place, password: string): Promise<void> {
  const args = ['--single', '-D', place.cluster, 'postgres'];
  await run(place, place.binaries.postgres, args, `ALTER ROLE ${SUPERUSER} PASSWORD '${password}'\n`);
}

/** A cluster copied or restored by root belongs to root, and PostgreSQL would refuse it. */
function giveAll(user: OsUser, folder: string): void {
  lchownSync(folder, user.uid, user.gid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) giveAll(user, path);
    else lchownSync(path, user.uid, user.gid);
  }
}

async function run(place: Place, program: string, args: string[], input = ''): Promise<void> {
  const identity = place.user === null ? {} : { uid: place.user.uid, gid: place.user.gid };
  const pending = promisify(execFile)(program, args, { cwd: '/', env: programEnvironment(), ...identity });
  pending.child.stdin?.on('error', () => {});
  pending.child.stdin?.end(input);
  try {
    await pending;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(`PostgreSQL's ${program} failed: ${stderr || message}`, { cause: error });
  }
}
