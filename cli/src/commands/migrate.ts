import {
  connectionOptions,
  createCommandLogger,
  type Drift,
  findDrift,
  type Migrations,
  migrateDatabase,
  openDatabase,
  pendingMigrations,
  readConfig,
} from '@spacedly/kit';
import pg from 'pg';
import { openInstallation } from '../database.ts';
import { failCommand } from '../fail.ts';
import { loadServices } from '../services.ts';

interface Options {
  json?: boolean;
}

type Run = (url: string, pending: () => Promise<string[]>, parts: readonly Migrations[]) => Promise<void>;

async function withDatabase(run: Run) {
  const config = readConfig();
  const installation = await openInstallation(config, console.error);
  const services = await loadServices();
  const database = openDatabase(installation.directUrl, config, createCommandLogger('migrate'));
  const parts = services.map(({ migrations }) => migrations);
  try {
    await run(installation.directUrl, () => pendingMigrations(database.pool, parts), parts);
  } finally {
    await database.close();
    await installation.close();
  }
}

/** Applies what is pending and says what that was. */
export async function migrateUp({ json }: Options): Promise<void> {
  await withDatabase(async (url, pending, parts) => {
    const applied = await pending();
    await migrateDatabase(url, parts, createCommandLogger('migrate'));
    if (json) return console.log(JSON.stringify({ applied }));
    for (const name of applied) console.log(`applied ${name}`);
    console.log('The database is up to date.');
  }).catch(failCommand);
}

async function askDrift(url: string, parts: readonly Migrations[]): Promise<Drift[]> {
  const client = new pg.Client(connectionOptions(url));
  await client.connect();
  try {
    return await findDrift(client, parts);
  } finally {
    await client.end();
  }
}

function printDrift({ schema, missing, unexpected }: Drift): void {
  for (const line of missing) console.log(`${schema}: missing ${line}`);
  for (const line of unexpected) console.log(`${schema}: unexpected ${line}`);
}

/** Says what is pending and what was changed by hand; exit code 1 when there is something, for scripts. */
export async function migrateStatus({ json }: Options): Promise<void> {
  await withDatabase(async (url, pending, parts) => {
    const names = await pending();
    const drift = await askDrift(url, parts);
    if (names.length + drift.length > 0) process.exitCode = 1;
    if (json) return console.log(JSON.stringify({ pending: names, drift }));
    for (const name of names) console.log(`pending ${name}`);
    drift.forEach(printDrift);
    if (names.length > 0) console.log(`${names.length} pending`);
    if (drift.length > 0) console.log('The database is not what its migrations make.');
    if (names.length + drift.length === 0) console.log('The database is up to date.');
  }).catch(failCommand);
}
