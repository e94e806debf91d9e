import { createReadStream } from 'node:fs';
import { newId, Problem, type Storage } from '@spacedly/kit';
import type { attachments } from '../schema.ts';
import type { OptimizedImage } from './images.ts';
import type { UploadedFile } from './upload.ts';

/** Everything of this service lies under it. */
export const STORAGE_PREFIX = 'attachments';
const RETRY_SECONDS = 5;

type NewAttachment = typeof attachments.$inferInsert;

/** A file ready to be kept: its row, and what lies where under which key. */
export interface Prepared {
  row: Omit<NewAttachment, 'userId' | 'taskId' | 'createdAt'>;
  contents: { key: string; path: string }[];
}

const EXTENSIONS: Readonly<Record<string, string>> = { 'image/webp': 'webp' };

function plain(file: UploadedFile, base: string, id: string): Prepared {
  const { name, mimeType, sizeBytes, path } = file;
  const storageKey = `${base}.${file.extension}`;
  return {
    row: { id, name, mimeType, storageKey, sizeBytes, originalSizeBytes: sizeBytes },
    contents: [{ key: storageKey, path }],
  };
}

function picture(file: UploadedFile, image: OptimizedImage, base: string, id: string): Prepared {
  const { mimeType, width, height, sizeBytes, thumbSizeBytes } = image;
  const storageKey = `${base}.${EXTENSIONS[mimeType] ?? file.extension}`;
  const thumbKey = `${base}.thumb.webp`;
  const sizes = { sizeBytes, thumbSizeBytes, originalSizeBytes: file.sizeBytes };
  return {
    row: { id, name: file.name, mimeType, storageKey, thumbKey, width, height, ...sizes },
    contents: [
      { key: storageKey, path: image.path },
      { key: thumbKey, path: image.thumbPath },
    ],
  };
}

/**
 * Works a file up for keeping.
 * @throws Problem UNREADABLE_IMAGE naming the file
 */
export async function prepare(
  file: UploadedFile,
  { userId, index }: { userId: string; index: number },
  optimize: (path: string) => Promise<OptimizedImage>,
): Promise<Prepared> {
  const id = newId();
  const base = `${STORAGE_PREFIX}/${userId}/${id}`;
  if (file.kind !== 'image') return plain(file, base, id);
  const image = await optimize(file.path).catch((cause) => {
    const message = 'Cannot be read, or has too many pixels';
    throw new Problem('UNREADABLE_IMAGE', {
      detail: `“${file.name}” cannot be read`,
      errors: [{ path: `body.files.${index}`, message }],
      cause,
    });
  });
  return picture(file, image, base, id);
}

/** Puts everything into the storage, one after the other. @throws Problem UNAVAILABLE when the storage fails */
export async function keep(storage: Storage, prepared: readonly Prepared[]): Promise<void> {
  for (const { key, path } of prepared.flatMap(({ contents }) => contents)) {
    await storage.put(key, createReadStream(path)).catch((cause) => {
      throw new Problem('UNAVAILABLE', { cause, retryAfterSeconds: RETRY_SECONDS });
    });
  }
}

/** Deletes what was kept in vain. What cannot be deleted now is found by the daily sweep. */
export async function discard(storage: Storage, prepared: readonly Prepared[]): Promise<void> {
  const keys = prepared.flatMap(({ contents }) => contents.map(({ key }) => key));
  await Promise.allSettled(keys.map((key) => storage.delete(key)));
}
