import type { ChildProcess } from 'node:child_process';
import { findBinaries } from './binaries.ts';
import { prepareCluster } from './cluster.ts';
import { databaseUrl } from './connect.ts';
import { startGuard } from './guard.ts';
import { clearLeftovers } from './leftovers.ts';
import { type FolderLock, lockFolder } from './lock.ts';
import { choosePlace, makeDataFolder, makeSocketFolder, type Place, rememberPlace } from './place.ts';
import { freePort, savedPort, savePort } from './port.ts';
import { PortTaken, type ServerOptions, startServer } from './server.ts';
import type { ServerAddress } from './settings.ts';
import { supervise } from './supervise.ts';

export interface LocalPostgresOptions {
  /** The installation's data folder, such as ./data. It is created; the cluster goes to its subfolder `postgres`. */
  dataDir: string;
  /** Receives one short line for whatever is worth telling; a plain start tells nothing. */
  log: (message: string) => void;
  /** Default true. False, for tests: a power cut may destroy the data, and a kill lose the last half second. */
  durable?: boolean;
  /** The server died and could not be brought back. */
  onExit?: (reason: string) => void;
  /** PostgreSQL settings that win over ours, such as { work_mem: '16MB' }. */
  settings?: Record<string, string>;
}

export interface LocalPostgres {
  /** Of the superuser `spacedly` and the database `spacedly`, for node-postgres; it stays the same over restarts. */
  url: string;
  port: number;
  /** The folder of the Unix socket, which the url uses; null where there is none. */
  socketDir: string | null;
  dataDir: string;
  /** Stops the server and its guard, then gives the data folder free. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts the database of an installation, creating it the first time. The server belongs to this process: it is
 * restarted when it dies, and stopped by a guard when this process dies, however that happens.
 * @throws DataFolderInUse when another process has the data folder.
 * @throws Error when the database cannot be made, reached or started; the message says what to do.
 */
export async function startLocalPostgres(options: LocalPostgresOptions): Promise<LocalPostgres> {
  const dataDir = makeDataFolder(options.dataDir);
  const locks: FolderLock[] = [await lockFolder(dataDir)];
  const releaseAll = () => {
    for (const lock of locks.splice(0)) lock.release();
  };
  try {
    const place = choosePlace(dataDir, findBinaries(), options.durable ?? true);
    // A copied data folder points to the same cluster elsewhere, which therefore has a lock of its own.
    if (place.home !== dataDir) locks.push(await lockFolder(place.home));
    return await startIn(place, options, releaseAll);
  } catch (error) {
    releaseAll();
    throw error;
  }
}

async function startIn(
  place: Place,
  options: LocalPostgresOptions,
  onStopped: () => void,
): Promise<LocalPostgres> {
  const { log, durable = true, settings = {}, onExit = () => {} } = options;
  const password = await prepareCluster(place, { durable, log });
  if (rememberPlace(place)) log(`PostgreSQL does not run as root, so the database is kept in ${place.home}`);
  await clearLeftovers(place, log);
  const guard = startGuard(place);
  try {
    const server: ServerOptions = { place, password, durable, settings, log, onSpawn: guard.watch };
    const { address, child } = await startOnSomePort(server);
    const supervisor = supervise(child, { address, server, onExit });
    const stop = once(async () => {
      await supervisor.stop();
      await guard.stop();
      onStopped();
    });
    return { url: databaseUrl(address, password), ...address, dataDir: place.dataDir, stop };
  } catch (error) {
    await guard.stop();
    throw error;
  }
}

/** On the port of the last time if it is free still. */
async function startOnSomePort(
  options: ServerOptions,
): Promise<{ address: ServerAddress; child: ChildProcess }> {
  const { place } = options;
  const socketDir = makeSocketFolder(place);
  for (let attempt = 0; ; attempt++) {
    const saved = attempt === 0 ? savedPort(place.dataDir) : null;
    const address = { port: saved ?? (await freePort()), socketDir };
    try {
      const { child, session } = await startServer(address, options);
      await session.end();
      if (saved === null) savePort(place.dataDir, address.port);
      return { address, child };
    } catch (error) {
      if (!(error instanceof PortTaken) || attempt === 5) throw error;
    }
  }
}

function once(action: () => Promise<void>): () => Promise<void> {
  let pending: Promise<void> | undefined;
  return () => {
    pending ??= action();
    return pending;
  };
}
