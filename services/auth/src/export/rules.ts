import type { dataExport } from '@spacedly/contracts';
import type { z } from 'zod';
import type { ExportRow } from './store.ts';

const DAY_MS = 86_400_000;
/** How long an archive can be downloaded. */
export const DOWNLOAD_MS = 7 * DAY_MS;
/** Past this a request that was never finished is forgotten. */
export const STALE_MS = DAY_MS;

/** Where the archive lies in the file store. */
export const archiveKey = ({ userId, id }: Pick<ExportRow, 'userId' | 'id'>) => `exports/${userId}/${id}.zip`;

export function presentExport(row: ExportRow): z.input<typeof dataExport> {
  const { id, status, sizeBytes } = row;
  return {
    id,
    status,
    sizeBytes,
    requestedAt: row.createdAt.toISOString(),
    expiresAt: status === 'READY' ? row.expiresAt.toISOString() : null,
    downloadUrl: status === 'READY' ? `/v1/users/me/exports/${id}` : null,
  };
}
