import { loadServices } from '@spacedly/cli';
import { migrateDatabase } from '@spacedly/kit';
import { readInstallation } from './settings.ts';

/** Brings the database up to date; called once after each deployment, before people use the new version. */
export async function handler(): Promise<{ migrated: true }> {
  const { databaseUrl, log } = await readInstallation(process.env, 'migrate');
  const services = await loadServices();
  await migrateDatabase(
    databaseUrl,
    services.map(({ migrations }) => migrations),
    log,
  );
  return { migrated: true };
}
