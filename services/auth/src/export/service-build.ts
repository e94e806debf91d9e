import { authRoutes, documentsRoutes, notificationRoutes, tasksRoutes } from '@spacedly/contracts';
import { call, type ServiceTokens, type Transports } from '@spacedly/kit';
import { findUser } from '../accounts/store.ts';
import type { AuthDeps } from '../deps.ts';
import { type ArchiveEntry, entriesOf, type ReadPage, writeArchive } from './archive.ts';
import { paced } from './pace.ts';
import { archiveKey, DOWNLOAD_MS } from './rules.ts';
import { findExportById, markReady } from './store.ts';

/** Every service that keeps something about people, and the route that tells it. */
const SOURCES = [
  { service: 'auth', route: authRoutes.exportAuthData },
  { service: 'tasks', route: tasksRoutes.exportTaskData },
  { service: 'documents', route: documentsRoutes.exportDocumentData },
  { service: 'notifications', route: notificationRoutes.exportNotificationData },
] as const;

/** A page may be large, and a service busy. */
const PAGE_DEADLINE_MS = 30_000;

export interface Sources {
  transports: Transports;
  serviceTokens: ServiceTokens;
}

function pagesOf(
  source: (typeof SOURCES)[number],
  { transports, serviceTokens }: Sources,
  userId: string,
): ReadPage {
  return async (cursor) => {
    const context = { authorization: `Service ${serviceTokens.issue()}`, deadlineMs: PAGE_DEADLINE_MS };
    const input = { params: { userId }, query: { cursor } };
    return (await call(transports(source.service), source.route, input, context)).body;
  };
}

async function* everything(deps: AuthDeps, sources: Sources, userId: string): AsyncGenerator<ArchiveEntry> {
  for (const source of SOURCES) {
    yield* entriesOf(source.service, paced(pagesOf(source, sources, userId)), deps.storage);
  }
}

/**
 * Gathers everything about a person and tells them that it can be downloaded. Doing it again for a finished or
 * forgotten request does nothing; doing it again after a crash replaces the half that was written.
 * @throws Problem UNAVAILABLE when a service does not answer; the job is then tried again
 */
export async function buildExport(deps: AuthDeps, sources: Sources, exportId: string): Promise<void> {
  const { db, storage, outbox, now } = deps;
  const row = await findExportById(db, exportId);
  if (row === null || row.status !== 'PENDING') return;
  const { userId } = row;
  if ((await findUser(db, userId)) === null) return;
  const key = archiveKey(row);
  const sizeBytes = await writeArchive(storage, key, everything(deps, sources, userId), now());
  const readyAt = now();
  const expiresAt = new Date(readyAt.getTime() + DOWNLOAD_MS);
  const isStillWanted = await db.transaction(async (tx) => {
    if (!(await markReady(tx, exportId, { sizeBytes, readyAt, expiresAt }))) return false;
    await outbox.publish(tx, 'export.ready', { userId, exportId, expiresAt: expiresAt.toISOString() });
    return true;
  });
  // Purged meanwhile, or finished by another worker, whose file has the same name and must stay.
  if (!isStillWanted && (await findExportById(db, exportId)) === null) await storage.delete(key);
}
