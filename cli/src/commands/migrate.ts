import {
  createCommandLogger,
  migrateDatabase,
  openDatabase,
  pendingMigrations,
  readConfig,
} from '@spacedly/kit';
import { openInstallation } from '../database.ts';
import { failCommand } from '../fail.ts';
import { loadServices } from '../services.ts';

interface Options {
  json?: boolean;
}

async function withDatabase(run: (url: string, pending: () => Promise<string[]>) => Promise<void>) {
  const config = readConfig();
  const installation = await openInstallation(config, console.error);
  const services = await loadServices();
  const database = openDatabase(installation.directUrl, config, createCommandLogger('migrate'));
  const parts = services.map(({ migrations }) => migrations);
  try {
    await run(installation.directUrl, () => pendingMigrations(database.pool, parts));
  } finally {
    await database.close();
    await installation.close();
  }
}

/** Applies what is pending and says what that was. */
export async function migrateUp({ json }: Options): Promise<void> {
  await withDatabase(async (url, pending) => {
    const applied = await pending();
    const services = await loadServices();
    await migrateDatabase(
      url,
      services.map(({ migrations }) => migrations),
      createCommandLogger('migrate'),
    );
    if (json) return console.log(JSON.stringify({ applied }));
    for (const name of applied) console.log(`applied ${name}`);
    console.log('The database is up to date.');
  }).catch(failCommand);
}

/** Says what is pending; exit code 1 when there is something, for scripts. */
export async function migrateStatus({ json }: Options): Promise<void> {
  await withDatabase(async (_url, pending) => {
    const names = await pending();
    if (names.length > 0) process.exitCode = 1;
    if (json) return console.log(JSON.stringify({ pending: names }));
    for (const name of names) console.log(`pending ${name}`);
    console.log(names.length === 0 ? 'The database is up to date.' : `${names.length} pending`);
  }).catch(failCommand);
}
