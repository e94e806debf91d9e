import { createHmac } from 'node:crypto';
import { knownMigrations, type Migrations } from '@spacedly/kit';

/** Whether this release has a migration; it has none of a newer one. */
export function isKnownMigration(service: Migrations, when: number): boolean {
  return knownMigrations(service).some((migration) => migration.when === when);
}

/** A short text by which a secret can be recognised and not be learnt: secrets have 256 random bits. */
export function fingerprintOf(secret: string): string {
  return createHmac('sha256', secret).update('spacedly/backup').digest('hex').slice(0, 16);
}

/** `spacedly-2026-12-09T09-00-00Z.tar.gz`: sorts by time, and is a name on every system. */
export function backupName(now: Date): string {
  return `spacedly-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z.tar.gz`;
}

/** What a person reads of a size. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
