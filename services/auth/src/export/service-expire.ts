import type { AuthDeps } from '../deps.ts';
import { archiveKey } from './rules.ts';
import { deleteExport, findExpired } from './store.ts';

/** Removes archives that nobody can download any more, the file before the row that knows of it. */
export async function deleteExpiredExports({ db, storage, now }: AuthDeps): Promise<void> {
  for (const row of await findExpired(db, now())) {
    await storage.delete(archiveKey(row));
    await deleteExport(db, row.id);
  }
}
