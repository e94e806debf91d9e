import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Binaries, copyBinaries } from './binaries.ts';
import { canReach, databaseUser, type OsUser } from './os-user.ts';

/** Where root keeps what the database's own user cannot reach under the data folder. */
const STAGING = '/var/lib/spacedly';
/** A Unix socket's path may have 107 bytes on Linux, 103 on macOS; PostgreSQL adds `/.s.PGSQL.<port>`. */
const SOCKET_FOLDER_BYTES = 103 - '/.s.PGSQL.65535'.length;

export interface Place {
  /** The installation's data folder, links resolved. */
  dataDir: string;
  /** The folder that holds the cluster and its half-made siblings: the data folder, or one under /var/lib/spacedly. */
  home: string;
  cluster: string;
  binaries: Binaries;
  /** Whom PostgreSQL runs as; null: as ourselves. */
  user: OsUser | null;
}

/** Creates the data folder, for its owner only. @returns its path with links resolved. */
export function makeDataFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const dataDir = realpathSync(path);
  if (process.getuid?.() !== 0 && statSync(dataDir).uid === process.getuid?.()) chmodSync(dataDir, 0o700);
  return dataDir;
}

/**
 * Decides where the cluster and the binaries live and whom PostgreSQL runs as. An ordinary user has them in the data
 * folder and in node_modules. Root's PostgreSQL runs as another user; where that one cannot go there (a clone under
 * /root), binaries and cluster are kept under /var/lib/spacedly and LOCATION.txt in the data folder says so.
 * Not `durable`: the cluster is a test's, and may be deleted there once its data folder is gone.
 * @throws Error when a cluster exists where PostgreSQL's user cannot reach it, or is missing where LOCATION.txt says.
 */
export function choosePlace(dataDir: string, found: Binaries, durable: boolean): Place {
  const moved = movedTo(dataDir);
  const home = moved ?? dataDir;
  const existing = existsSync(join(home, 'postgres', 'PG_VERSION')) ? join(home, 'postgres') : null;
  if (moved !== null && existing === null) throw new Error(lost(dataDir, moved));
  const user = databaseUser(existing);
  if (user === null) return { dataDir, home, cluster: join(home, 'postgres'), binaries: found, user };
  const binaries = reachableBinaries(found, user);
  if (canReach(user, [dirname(home)], [])) {
    if (moved === null) openFor(user, dataDir);
    return { dataDir, home, cluster: join(home, 'postgres'), binaries, user };
  }
  if (existing !== null)
    throw new Error(`The database in ${existing} belongs to ${user.name}, who cannot enter ${home}.`);
  const staged = stagedHome(dataDir, user, durable);
  return { dataDir, home: staged, cluster: join(staged, 'postgres'), binaries, user };
}

/** Says in the data folder where its database is, once the database is there. @returns whether that was news. */
export function rememberPlace(place: Place): boolean {
  const file = join(place.dataDir, 'LOCATION.txt');
  if (place.home === place.dataDir || existsSync(file)) return false;
  writeFileSync(
    `${file}.new`,
    `The database of this data folder is in\n${place.home}\nbecause PostgreSQL does not run as root.\n`,
  );
  renameSync(`${file}.new`, file);
  return true;
}

/**
 * A folder for the Unix socket that only the database's user may enter, or null for TCP alone.
 * Inside the data where its path is short enough, else under the system's temporary folder.
 */
export function makeSocketFolder(place: Place): string | null {
  if (process.platform === 'win32') return null;
  const temporary = realpathSync(tmpdir());
  const names = [shortHash(place.cluster), randomBytes(6).toString('hex')].map((name) => `spacedly-${name}`);
  const candidates = [join(place.home, 'run'), ...names.map((name) => join(temporary, name))];
  const isShort = (folder: string) => Buffer.byteLength(folder) <= SOCKET_FOLDER_BYTES;
  return candidates.find((folder) => isShort(folder) && isPrivateFolder(folder, place.user)) ?? null;
}

/** Makes the folder, or takes an existing one if nobody else can have prepared it (lstat: no link to elsewhere). */
function isPrivateFolder(folder: string, user: OsUser | null): boolean {
  const uid = user?.uid ?? process.getuid?.();
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = lstatSync(folder);
    if (found.isDirectory() && found.uid === 0 && user !== null) giveTo(user, folder);
    const stat = lstatSync(folder);
    const isPrivate = stat.isDirectory() && stat.uid === uid && (stat.mode & 0o077) === 0;
    return isPrivate && (user === null || canReach(user, [folder], []));
  } catch {
    return false;
  }
}

/** Where the database of a data folder is kept when not in it; null when it is. */
export function movedTo(dataDir: string): string | null {
  const file = join(dataDir, 'LOCATION.txt');
  if (!existsSync(file)) return null;
  const home = readFileSync(file, 'utf8').split('\n')[1] ?? '';
  if (dirname(home) !== STAGING) throw new Error(`${file} does not name a folder in ${STAGING}.`);
  return home;
}

function lost(dataDir: string, home: string): string {
  return (
    `${join(dataDir, 'LOCATION.txt')} says that the database is in ${home}, but this user finds none there. Start as the ` +
    'user who created it (root), bring that folder back, or delete LOCATION.txt to begin with an empty database.'
  );
}

function reachableBinaries(found: Binaries, user: OsUser): Binaries {
  const needed = [found.postgres, join(found.root, 'share', 'postgresql', 'postgres.bki')];
  const isReachable = canReach(user, [join(found.root, 'bin'), join(found.root, 'lib')], needed);
  return isReachable ? found : copyBinaries(found, join(STAGING, 'bin'));
}

/** Lets the user pass through the data folder to the cluster, without a look at what else is in it. */
function openFor(user: OsUser, dataDir: string): void {
  const { uid, gid, mode } = statSync(dataDir);
  const wanted = uid === user.uid ? 0o700 : 0o710;
  if (wanted === 0o710 && gid !== user.gid) chownSync(dataDir, uid, user.gid);
  if ((mode & 0o777) !== wanted) chmodSync(dataDir, wanted);
}

function stagedHome(dataDir: string, user: OsUser, durable: boolean): string {
  const home = join(STAGING, durable ? shortHash(dataDir) : `test-${shortHash(dataDir)}`);
  mkdirSync(STAGING, { recursive: true, mode: 0o755 });
  if (!durable) sweepTests();
  mkdirSync(home, { recursive: true, mode: 0o700 });
  giveTo(user, home);
  writeFileSync(join(home, 'ORIGIN.txt'), `${dataDir}\n`);
  return home;
}

/** Deletes the clusters of tests whose data folder is gone. */
function sweepTests(): void {
  for (const name of readdirSync(STAGING).filter((name) => name.startsWith('test-'))) {
    const origin = join(STAGING, name, 'ORIGIN.txt');
    if (!existsSync(origin) || existsSync(readFileSync(origin, 'utf8').trim())) continue;
    rmSync(join(STAGING, name), { recursive: true, force: true });
  }
}

function giveTo(user: OsUser, folder: string): void {
  chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
