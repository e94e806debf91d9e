import { join } from 'node:path';
import type { Config } from '../config/schema.ts';
import { createDiskStorage } from './disk.ts';
import type { Storage } from './storage.ts';

/** The storage the configuration chooses. The others are not even loaded. */
export async function createStorage(config: Config): Promise<Storage> {
  switch (config.STORAGE) {
    case 's3':
      return (await import('./s3.ts')).createS3Storage(config);
    case 'cloudinary':
      return (await import('./cloudinary.ts')).createCloudinaryStorage(config);
    default:
      return createDiskStorage(join(config.DATA_DIR, 'files'));
  }
}
