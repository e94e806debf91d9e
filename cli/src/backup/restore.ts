import { Readable } from 'node:stream';
import {
  type Config,
  connectionOptions,
  createStorage,
  installQueues,
  isRestoreUnfinished,
  keepSecret,
  type Logger,
  MIGRATION_LOCK,
  type Migrations,
  markRestore,
  migrateDatabase,
  type Storage,
  unmarkRestore,
} from '@spacedly/kit';
import pg from 'pg';
import { readArchive } from './archive-reader.ts';
import { PLAIN_FORMAT } from './catalogue.ts';
import { assertEmptyDatabase, assertEmptyStorage, assertNobodyRuns, clearStorage } from './empty.ts';
import { BackupError, FILES, ROWS } from './format.ts';
import { createLoader } from './load.ts';
import { fingerprintOf } from './rules.ts';
import type { VerifiedBackup } from './verify.ts';

interface Destination {
  config: Config;
  databaseUrl: string;
  services: readonly Migrations[];
  log: Logger;
}

/**
 * The secret the restored installation will have: the one that is set or kept here already, or the one in the backup.
 * @returns what is to be kept in DATA_DIR; null where that is not needed
 * @throws BackupError when the backup was sealed under another, so that nobody could sign in with a second factor
 */
export function chooseSecret(
  { header, secret }: VerifiedBackup,
  config: Config,
  found: string | null,
): string | null {
  const fits = (candidate: string | null) =>
    candidate !== null && fingerprintOf(candidate) === header.secretFingerprint;
  if (fits(found)) return null;
  if (config.SPACEDLY_SECRET !== undefined)
    throw new BackupError(
      'SPACEDLY_SECRET is not the secret this backup was made under. Set the one of that installation' +
        (secret === null ? '. ' : ', or leave it out: the backup has it. ') +
        'Nothing was changed.',
      2,
    );
  if (fits(secret)) return secret;
  throw new BackupError(
    'The secret of its installation is not in this backup. Set that as SPACEDLY_SECRET. Nothing was changed.',
    2,
  );
}

/** Whatever is refused is refused here, before anything is changed. */
async function assertReady(
  client: pg.Client,
  storage: Storage,
  services: readonly Migrations[],
): Promise<void> {
  await assertNobodyRuns(client);
  await assertEmptyDatabase(client, services);
  if (!(await isRestoreUnfinished(client))) await assertEmptyStorage(storage);
}

/** An installation as new, which says that it is about to become another one. */
async function clear(client: pg.Client, storage: Storage, { services, log }: Destination): Promise<void> {
  await client.query('BEGIN');
  await markRestore(client);
  for (const { schema } of services) await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await client.query('COMMIT');
  await clearStorage(storage);
  await installQueues(client, log);
}

async function load(
  client: pg.Client,
  storage: Storage,
  backup: VerifiedBackup,
  services: readonly Migrations[],
) {
  await client.query('BEGIN');
  const loader = createLoader(client, backup);
  await loader.begin(services);
  // The file may have been changed since it was verified, so it is verified again.
  const sha256 = await readArchive(backup.file, async (entry) => {
    const { name, content } = entry;
    if (name.startsWith(ROWS)) await loader.take(entry);
    if (name.startsWith(FILES)) await storage.put(name.slice(FILES.length), Readable.from(content));
  });
  if (sha256 !== backup.manifest.sha256)
    throw new BackupError('The backup was changed while it was read. Nothing was changed here.');
  await loader.end();
  await unmarkRestore(client);
  await client.query('COMMIT');
}

/**
 * Makes an empty installation the one of a verified backup, all of it or nothing: the database becomes visible as one
 * transaction, once everything else is in its place.
 * @param secret to keep in DATA_DIR, or null
 * @throws BackupError when the installation is in use
 */
export async function restoreBackup(
  backup: VerifiedBackup,
  to: Destination,
  secret: string | null,
): Promise<void> {
  const { config, databaseUrl, services, log } = to;
  const storage = await createStorage(config);
  const client = new pg.Client({ ...connectionOptions(databaseUrl), application_name: 'spacedly restore' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(PLAIN_FORMAT);
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await assertReady(client, storage, services);
    await clear(client, storage, to);
    if (secret !== null) await keepSecret(config, secret);
    try {
      await load(client, storage, backup, services);
    } catch (error) {
      await undo(client, storage);
      throw error;
    }
    await client.query('ANALYZE');
  } finally {
    await client.end().catch(() => {});
  }
  await migrateDatabase(databaseUrl, services, log);
}

/** After a failure nothing is left of it. Where even that fails, the mark remains and says so. */
async function undo(client: pg.Client, storage: Storage): Promise<void> {
  await client.query('ROLLBACK');
  await clearStorage(storage);
  await unmarkRestore(client);
}
