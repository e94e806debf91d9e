import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { type ContentEncoding, encode } from '@spacedly/kit';

/** One file of the built web app, held in memory: there are few, they are small, and no path can lead out of a map. */
export interface Asset {
  type: string;
  etag: string;
  /** Its name changes with its content, so it may be kept for ever. */
  isHashed: boolean;
  body: Buffer;
  /** The body compressed; worked out once. */
  encoded(encoding: ContentEncoding): Promise<Buffer>;
}

export type Assets = ReadonlyMap<string, Asset>;

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** Quality of Brotli 0–11: nearly the smallest, at a tenth of the time of 11. */
const QUALITY = 9;

function toAsset(path: string, body: Buffer): Asset {
  const made = new Map<ContentEncoding, Promise<Buffer>>();
  return {
    type: TYPES[extname(path)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    isHashed: path.startsWith('/assets/'),
    body,
    encoded(encoding) {
      const known = made.get(encoding) ?? encode(body, encoding, QUALITY);
      made.set(encoding, known);
      return known;
    },
  };
}

/** Reads the build of the web app; null where there is none (yet). */
export async function readAssets(folder: string): Promise<Assets | null> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const assets = new Map<string, Asset>();
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.startsWith('.')) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, file).split(sep).join('/')}`;
    assets.set(path, toAsset(path, await readFile(file)));
  }
  return assets.has('/index.html') ? assets : null;
}
