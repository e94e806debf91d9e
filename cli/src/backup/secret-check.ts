import { deriveSecrets } from '@spacedly/kit';
import pg from 'pg';
import { BackupError } from './format.ts';

/**
 * Whether a secret is the one that the database was sealed under, told by a signing key; null where there is none.
 * A query past the service that owns it, as it must be answered without one running.
 */
export async function doesSecretFit(
  client: Pick<pg.Client, 'query'>,
  secret: string,
): Promise<boolean | null> {
  const there = await client.query(`SELECT to_regclass('auth.signing_keys') IS NOT NULL AS is_there`);
  if (!there.rows[0].is_there) return null;
  const { rows } = await client.query(
    'SELECT sealed_private_jwk AS sealed FROM auth.signing_keys ORDER BY created_at DESC LIMIT 1',
  );
  if (rows.length === 0) return null;
  try {
    deriveSecrets(secret).open(rows[0].sealed);
    return true;
  } catch {
    return false;
  }
}

/** @throws BackupError when what the database holds was sealed under another secret */
export async function assertSecretFits(options: pg.ClientConfig, secret: string): Promise<void> {
  const client = new pg.Client(options);
  await client.connect();
  try {
    if ((await doesSecretFit(client, secret)) !== false) return;
  } finally {
    await client.end();
  }
  throw new BackupError(
    'The secret here is not the one of this database, so the backup could not be used. Run it with the settings of the ' +
      'server: SPACEDLY_SECRET, or the DATA_DIR that has the file `secret`.',
    2,
  );
}
