import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import {
  type Config,
  connectionOptions,
  createStorage,
  findSecret,
  type Migrations,
  version,
} from '@spacedly/kit';
import { createArchiveWriter } from './archive-writer.ts';
import { dumpDatabase } from './dump.ts';
import { createFileCopier, type FileTotals } from './files.ts';
import { BackupError, FORMAT, HEADER, type Header, MANIFEST, type Manifest, SECRET } from './format.ts';
import { fingerprintOf } from './rules.ts';
import { assertSecretFits } from './secret-check.ts';
import { openTarget } from './target.ts';

export interface BackupOptions {
  file: string;
  overwrite: boolean;
  /** Whether the created secret goes along. One that is set as SPACEDLY_SECRET never does. */
  withSecret: boolean;
}

export interface BackupReport {
  file: string;
  sizeBytes: number;
  createdAt: string;
  tables: number;
  rows: number;
  files: FileTotals;
  hasSecret: boolean;
}

interface Source {
  config: Config;
  /** As `requireSecret` gives it. */
  secret: string;
  databaseUrl: string;
  services: readonly Migrations[];
}

/** @throws BackupError when there is none here: what the database holds could not be used without it */
export async function requireSecret(config: Config): Promise<string> {
  const secret = await findSecret(config);
  if (secret !== null) return secret;
  throw new BackupError(
    'There is no installation here: no secret. Run this with the settings of the server: SPACEDLY_SECRET, or the DATA_DIR ' +
      'that has the file `secret`.',
    2,
  );
}

/**
 * Writes everything an installation consists of to one file, while it is in use.
 * @throws BackupError when it cannot be made; no file of that name is there then
 */
export async function writeBackup(source: Source, options: BackupOptions): Promise<BackupReport> {
  const { config, databaseUrl, services, secret } = source;
  await assertSecretFits(connectionOptions(databaseUrl), secret);
  const hasSecret = options.withSecret && config.SPACEDLY_SECRET === undefined;
  const now = new Date();
  const target = await openTarget(options.file, options.overwrite);
  const archive = createArchiveWriter(target.sink, now);
  try {
    const createdAt = now.toISOString();
    const secretFingerprint = fingerprintOf(secret);
    const header: Header = { product: 'spacedly', format: FORMAT, version, createdAt, secretFingerprint };
    await archive.addText(HEADER, JSON.stringify(header));
    if (hasSecret) await archive.addText(SECRET, secret);
    const files = createFileCopier(await createStorage(config), archive, () => now);
    await files.copyAll();
    const rows = await dumpDatabase(connectionOptions(databaseUrl), services, archive);
    await files.copyNew();
    const manifest: Manifest = { rows, files: files.totals, sha256: await archive.sealLists() };
    await archive.addText(MANIFEST, JSON.stringify(manifest));
    await archive.end();
    if (!target.sink.closed) await once(target.sink, 'close');
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    await target.keep();
    const { size: sizeBytes } = await stat(options.file);
    const tables = Object.keys(rows).length;
    return { file: options.file, sizeBytes, createdAt, tables, rows: total, files: files.totals, hasSecret };
  } catch (error) {
    await archive.abort(error as Error);
    await target.discard();
    throw error;
  }
}
