import { resolve } from 'node:path';
import { readConfig } from '@spacedly/kit';
import { backupName, sizeText } from '../backup/rules.ts';
import { type BackupReport, requireSecret, writeBackup } from '../backup/write.ts';
import { reachInstallation } from '../database.ts';
import { failCommand } from '../fail.ts';
import { loadServices } from '../services.ts';

interface Options {
  json?: boolean;
  overwrite?: boolean;
  /** False for `--no-secret`. */
  secret: boolean;
}

function tell({ file, sizeBytes, tables, rows, files, hasSecret }: BackupReport): void {
  console.log(`${file}: ${sizeText(sizeBytes)}`);
  console.log(`${rows} rows of ${tables} tables, ${files.count} files of ${sizeText(files.sizeBytes)}.`);
  console.log(
    hasSecret
      ? 'The secret of the installation is in it: whoever has this file can act as anybody. Keep it safe.'
      : 'The secret of the installation is not in it: keep that too, a restore needs it.',
  );
}

/** Writes a backup of the installation to a file, whether or not it runs. */
export async function backup(name: string | undefined, options: Options): Promise<void> {
  const { json, overwrite = false, secret: withSecret } = options;
  try {
    const config = readConfig();
    const file = resolve(name ?? backupName(new Date()));
    const found = await requireSecret(config);
    const installation = await reachInstallation(config, console.error);
    try {
      const services = (await loadServices()).map(({ migrations }) => migrations);
      const source = { config, secret: found, databaseUrl: installation.directUrl, services };
      const report = await writeBackup(source, { file, overwrite, withSecret });
      if (json) console.log(JSON.stringify(report));
      else tell(report);
    } finally {
      await installation.close();
    }
  } catch (error) {
    failCommand(error);
  }
}
