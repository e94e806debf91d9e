import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseUrl, tryConnect } from './connect.ts';
import { movedTo } from './place.ts';

/** How long a server that is starting is waited for, in milliseconds. */
const START_MS = 15_000;

/** The address in the pid file of a server: its fourth line is the port, its fifth the folder of the socket. */
function recordedAddress(cluster: string): { port: number; socketDir: string | null } | null {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const port = Number(lines[3]);
    return port > 0 ? { port, socketDir: lines[4]?.trim() || null } : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function passwordIn(dataDir: string): string | null {
  try {
    return readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function lookOnce(dataDir: string): Promise<string | null> {
  const cluster = join(movedTo(dataDir) ?? dataDir, 'postgres');
  const address = recordedAddress(cluster);
  const password = passwordIn(dataDir);
  if (address === null || password === null) return null;
  const url = databaseUrl(address, password);
  const session = await tryConnect(url);
  await session?.end();
  return session && url;
}

/**
 * Finds the database of a data folder that another process runs, for whoever only wants to use it beside that process.
 * @returns its address, or null when none answers in time
 */
export async function findLocalPostgres(dataDir: string, waitMs = START_MS): Promise<string | null> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const url = await lookOnce(dataDir);
    if (url !== null || Date.now() >= deadline) return url;
    await sleep(100);
  }
}
