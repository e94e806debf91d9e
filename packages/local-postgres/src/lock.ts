import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from './processes.ts';

type Database = InstanceType<typeof import('node:sqlite').DatabaseSync>;

/** How long two simultaneous starts may argue before the loser gives up, in milliseconds. */
const CONTENTION_MS = 250;
const SQLITE_BUSY = 5;

/** Another process owns this data folder. `pid` is the owner, or null where it could not be learnt. */
export class DataFolderInUse extends Error {
  readonly folder: string;
  readonly pid: number | null;

  constructor(folder: string, pid: number | null) {
    const owner = pid === null ? 'another process' : `process ${pid}`;
    super(
      `The data folder ${folder} is in use by ${owner}. Stop it first, or choose another folder with DATA_DIR.`,
    );
    this.name = 'DataFolderInUse';
    this.folder = folder;
    this.pid = pid;
  }
}

export interface FolderLock {
  release(): void;
}

/**
 * Makes this process the only owner of `folder`, until `release` or the end of the process, however it ends.
 *
 * The lock is the operating system's own file lock, which Node offers only through SQLite: an exclusive transaction that
 * stays open on an empty database. A file with a pid in it was rejected: after a kill it has to be judged (is that pid
 * still the same program? is somebody else judging at this moment?), while the kernel drops this lock with its owner.
 * The pid written beside it only serves the message. Nothing else may open `.lock`: closing any descriptor of the file
 * in this process would drop the lock (POSIX).
 *
 * @throws DataFolderInUse when another process, or another call in this one, holds it.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const pidFile = join(folder, '.lock.pid');
  const database = tryLock(join(folder, '.lock'));
  if (database === null) throw new DataFolderInUse(folder, await ownerOf(pidFile));
  writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });
  return { release: () => database.isOpen && database.close() };
}

function tryLock(file: string): Database | null {
  const { DatabaseSync } = sqlite();
  const database = new DatabaseSync(file, { timeout: CONTENTION_MS });
  try {
    database.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null;
    throw error;
  }
}

/** The winner writes its pid a moment after it has the lock, so a pid that is not alive is read again. */
async function ownerOf(pidFile: string): Promise<number | null> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const pid = readPid(pidFile);
    if (pid !== null && isRunning(pid)) return pid;
    await sleep(20);
  }
  return null;
}

function readPid(pidFile: string): number | null {
  try {
    return Number.parseInt(readFileSync(pidFile, 'utf8'), 10) || null;
  } catch {
    return null;
  }
}

/** Loads node:sqlite without the "experimental" warning that early releases of Node 24 print to the user's terminal. */
function sqlite(): typeof import('node:sqlite') {
  const emitWarning = process.emitWarning;
  process.emitWarning = (() => {}) as typeof process.emitWarning;
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
