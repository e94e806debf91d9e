import { createCommandLogger, findSecret, readConfig } from '@spacedly/kit';
import { BackupError } from '../backup/format.ts';
import { chooseSecret, restoreBackup } from '../backup/restore.ts';
import { type VerifiedBackup, verifyBackup } from '../backup/verify.ts';
import { openInstallation } from '../database.ts';
import { failCommand } from '../fail.ts';
import { loadServices } from '../services.ts';

interface Options {
  json?: boolean;
}

function reportOf({ header, manifest }: VerifiedBackup) {
  const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0);
  return { createdAt: header.createdAt, version: header.version, rows, files: manifest.files };
}

/** Brings a backup into an empty installation. */
export async function restore(file: string, { json }: Options): Promise<void> {
  try {
    const config = readConfig();
    const services = (await loadServices()).map(({ migrations }) => migrations);
    const backup = await verifyBackup(file, services);
    const secret = chooseSecret(backup, config, await findSecret(config));
    const installation = await openInstallation(config, console.error);
    try {
      const log = createCommandLogger('restore');
      await restoreBackup(backup, { config, databaseUrl: installation.directUrl, services, log }, secret);
    } finally {
      await installation.close();
    }
    const report = reportOf(backup);
    if (json) return console.log(JSON.stringify(report));
    console.log(`Restored as of ${report.createdAt}: ${report.rows} rows, ${report.files.count} files.`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES')
      failCommand(new BackupError(`There is no file ${file} that could be read. Nothing was changed.`, 2));
    failCommand(error);
  }
}
