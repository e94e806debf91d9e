import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './schema.ts';

const fileOf = (config: Config) => join(config.DATA_DIR, 'secret');

/** The secret of an installation that is there already; null where none is kept. Creates nothing. */
export async function findSecret(config: Config): Promise<string | null> {
  if (config.SPACEDLY_SECRET !== undefined) return config.SPACEDLY_SECRET;
  try {
    return (await readFile(fileOf(config), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Keeps a secret that another installation had, in place of what is there: nothing may be sealed under that. */
export async function keepSecret(config: Config, secret: string): Promise<void> {
  await mkdir(config.DATA_DIR, { recursive: true, mode: 0o700 });
  const draft = `${fileOf(config)}.${process.pid}`;
  await writeFile(draft, `${secret}\n`, { mode: 0o600, flush: true });
  await rename(draft, fileOf(config));
}

/**
 * SPACEDLY_SECRET, or the one kept in `DATA_DIR/secret`, created at the first start (mode 0600).
 * @throws Error when the file is there but holds no usable secret
 */
export async function loadSecret(config: Config): Promise<string> {
  if (config.SPACEDLY_SECRET !== undefined) return config.SPACEDLY_SECRET;
  const file = fileOf(config);
  await mkdir(config.DATA_DIR, { recursive: true, mode: 0o700 });
  // Written aside and linked into place: a kill in the middle leaves no half secret, two starts agree on one.
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flush: true });
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const secret = (await readFile(file, 'utf8')).trim();
  if (secret.length < 32) {
    throw new Error(
      `${file} holds no usable secret; restore it from your backup (sealed data depends on it)`,
    );
  }
  return secret;
}
