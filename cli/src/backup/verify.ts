import { isStorageKey, type Migrations, version } from '@spacedly/kit';
import type { z } from 'zod';
import { type ArchiveEntry, readArchive, readJson, readText } from './archive-reader.ts';
import * as format from './format.ts';
import { isKnownMigration } from './rules.ts';

export interface VerifiedBackup {
  file: string;
  header: format.Header;
  database: format.DatabaseDescription;
  manifest: format.Manifest;
  /** Null where it was left out. */
  secret: string | null;
}

const damaged = () =>
  new format.BackupError('The backup is damaged: its parts do not fit. Nothing was changed.');

/** @throws BackupError when a newer release made it, or something this one does not know */
function assertKnown(
  { header, database }: Pick<VerifiedBackup, 'header' | 'database'>,
  services: readonly Migrations[],
) {
  const bySchema = new Map(services.map((service) => [service.schema, service]));
  const isKnown = Object.entries(database.migrations).every(([schema, when]) => {
    const service = bySchema.get(schema);
    return service !== undefined && isKnownMigration(service, when);
  });
  if (isKnown) return;
  throw new format.BackupError(
    `This backup was made by a newer release (${header.version}; this is ${version}). Restore it with that one. ` +
      'Nothing was changed.',
    2,
  );
}

/** The table and the number in `database/<schema>.<table>/<n>`. */
export function pieceOf(name: string): { table: string; number: number } | null {
  const match = /^database\/(.+)\/(\d+)$/.exec(name);
  return match && { table: match[1] as string, number: Number(match[2]) };
}

/** Looks at a backup from its beginning to its end without keeping it: counts, and what describes it. */
function createInspection() {
  const singles = new Map<string, unknown>();
  const schemas: Record<string, z.ZodType> = {
    [format.HEADER]: format.header,
    [format.DATABASE]: format.database,
    [format.MANIFEST]: format.manifest,
  };
  const files = { count: 0, sizeBytes: 0 };
  const pieces = new Map<string, number>();

  async function look(entry: ArchiveEntry): Promise<void> {
    const { name, sizeBytes } = entry;
    const piece = pieceOf(name);
    if (name in schemas || name === format.SECRET) {
      if (singles.has(name)) throw damaged();
      const schema = schemas[name];
      singles.set(name, schema ? await readJson(entry, schema) : await readText(entry));
    } else if (name.startsWith(format.FILES)) {
      if (!isStorageKey(name.slice(format.FILES.length))) throw damaged();
      files.count += 1;
      files.sizeBytes += sizeBytes;
    } else if (piece !== null && singles.has(format.DATABASE)) {
      if ((pieces.get(piece.table) ?? 0) + 1 !== piece.number) throw damaged();
      pieces.set(piece.table, piece.number);
    } else throw damaged();
    const header = singles.get(format.HEADER) as format.Header;
    if (header.format > format.FORMAT)
      throw new format.BackupError(
        `This backup was made by a newer release (${header.version}; this is ${version}). Nothing was changed.`,
        2,
      );
  }
  return { look, singles, files, pieces };
}

/**
 * Reads a whole backup and compares it with its checksums; nothing is changed anywhere.
 * @throws BackupError when it cannot be restored by this release
 */
export async function verifyBackup(file: string, services: readonly Migrations[]): Promise<VerifiedBackup> {
  const { look, singles, files, pieces } = createInspection();
  const sha256 = await readArchive(file, look);
  const header = singles.get(format.HEADER) as format.Header;
  const database = singles.get(format.DATABASE) as format.DatabaseDescription | undefined;
  const manifest = singles.get(format.MANIFEST) as format.Manifest;
  if (database === undefined || manifest.sha256 !== sha256) throw damaged();
  assertKnown({ header, database }, services);
  const known = new Set(database.tables.map(format.tableKey));
  if ([...pieces.keys(), ...Object.keys(manifest.rows)].some((name) => !known.has(name))) throw damaged();
  if (files.count !== manifest.files.count || files.sizeBytes !== manifest.files.sizeBytes) throw damaged();
  return {
    file,
    header,
    database,
    manifest,
    secret: (singles.get(format.SECRET) as string | undefined) ?? null,
  };
}
