import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { BackupError } from './format.ts';

export interface Target {
  sink: Writable;
  /** Gives the complete file its name. @throws BackupError when somebody took the name meanwhile */
  keep(): Promise<void>;
  discard(): Promise<void>;
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

const taken = (file: string) =>
  new BackupError(`${file} is there already. Choose another name, or replace it with --overwrite.`, 2);

/** What was written is on the disk, its name included, before anybody is told so. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Opens a file that only its owner can read, under another name until it is complete: whoever finds the name finds a whole
 * backup, also after a kill in the middle.
 * @throws BackupError when it is there already and may not be replaced
 */
export async function openTarget(file: string, overwrite: boolean): Promise<Target> {
  if (!overwrite && (await exists(file))) throw taken(file);
  const partial = `${file}.${randomBytes(4).toString('hex')}.partial`;
  const handle = await open(partial, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new BackupError(`There is no folder ${dirname(file)}`, 2);
    if (error.code === 'EACCES')
      throw new BackupError(`The folder ${dirname(file)} cannot be written to.`, 2);
    throw error;
  });
  const discard = () => rm(partial, { force: true });
  return {
    sink: createWriteStream('', { fd: handle, flush: true }),
    discard,
    async keep() {
      if (overwrite) await rename(partial, file);
      else {
        // Unlike a rename, a link replaces nothing.
        await link(partial, file).catch((error: NodeJS.ErrnoException) => {
          throw error.code === 'EEXIST' ? taken(file) : error;
        });
        await discard();
      }
      if (process.platform !== 'win32') await flush(dirname(file));
    },
  };
}
