import { z } from 'zod';

/**
 * A backup is a tar file, packed by gzip. Its entries, in this order:
 *
 *   header.json            what made it, and when
 *   secret                 the created secret, where the installation has one and it was not left out
 *   files/<key>            each stored file
 *   database.json          which migrations the database has seen, its tables with their columns, its sequences
 *   database/<schema>.<table>/<n>   rows as COPY writes them, cut into pieces of some megabytes
 *   files/<key>            what was stored while the others were copied
 *   manifest.json          how much there is of everything, and the checksum of the lists
 *
 * In between, `checksums/<n>` lists the SHA-256 of every entry since the list before. Nothing has to be known before it is
 * written, so neither side keeps more than one list in memory; a file that was cut off has no manifest.
 */
export const FORMAT = 1;

export const HEADER = 'header.json';
export const SECRET = 'secret';
export const DATABASE = 'database.json';
export const MANIFEST = 'manifest.json';
export const ROWS = 'database/';
export const FILES = 'files/';
export const CHECKSUMS = 'checksums/';

/** How many entries a list of checksums may have. */
export const LIST_ENTRIES = 1_000;
/** Of descriptions and lists: whatever is read as a whole. */
export const MAX_TEXT_BYTES = 4 * 1024 * 1024;

const name = z.string().min(1).max(63);

export const header = z.object({
  product: z.literal('spacedly'),
  format: z.int(),
  /** Of the release that made it. */
  version: z.string(),
  createdAt: z.iso.datetime(),
  /** Tells whether a secret is the one this was sealed under, without saying which that is. */
  secretFingerprint: z.string(),
});
export type Header = z.infer<typeof header>;

export const table = z.object({ schema: name, name, columns: z.array(name).min(1) });
export type Table = z.infer<typeof table>;

export const sequence = z.object({
  schema: name,
  name,
  last: z.string().regex(/^-?\d+$/),
  isCalled: z.boolean(),
});
export type Sequence = z.infer<typeof sequence>;

export const database = z.object({
  /** For each service when the newest migration was made that it had seen, in milliseconds. */
  migrations: z.record(name, z.int()),
  tables: z.array(table),
  sequences: z.array(sequence),
});
export type DatabaseDescription = z.infer<typeof database>;

export const manifest = z.object({
  rows: z.record(z.string(), z.int()),
  files: z.object({ count: z.int(), sizeBytes: z.int() }),
  /** Of all lists of checksums, one after the other. */
  sha256: z.string(),
});
export type Manifest = z.infer<typeof manifest>;

/** What is wrong with a backup or with where it should go, in words for the person who runs the command. */
export class BackupError extends Error {
  /** 2 when the command was asked for something that cannot be, 1 when it went wrong. */
  readonly exitCode: 1 | 2;
  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.name = 'BackupError';
    this.exitCode = exitCode;
  }
}

export const tableKey = ({ schema, name }: Pick<Table, 'schema' | 'name'>) => `${schema}.${name}`;
