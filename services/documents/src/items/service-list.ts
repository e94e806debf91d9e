import type { DocumentAccess, DocumentSummary, ListDocumentsQuery } from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';
import { levelOf } from '../access/rules.ts';
import type { DocumentsDeps, Viewer } from '../deps.ts';
import { presentSummary } from './rules.ts';
import { listDocuments } from './store-list.ts';

/**
 * One page of a list, with the names of all owners by one question.
 * @throws Problem VALIDATION_FAILED, UNAVAILABLE where it cannot be known what their department lets them see
 */
export async function readList(
  { db, people }: DocumentsDeps,
  viewer: Viewer & { userId: string },
  query: ListDocumentsQuery,
): Promise<{ items: DocumentSummary[]; nextCursor: string | null }> {
  const isMineAlone = query.filter === 'mine' || query.deleted === true;
  if (viewer.isUnsure && !isMineAlone) throw new Problem('UNAVAILABLE');
  const { items, nextCursor } = await listDocuments(db, viewer, query);
  const owners = await people.refsOf(items.map(({ ownerId }) => ownerId));
  const present = ({ level, ...row }: (typeof items)[number]) =>
    presentSummary(row, levelOf(level) as DocumentAccess, owners.get(row.ownerId) ?? null);
  return { items: items.map(present), nextCursor };
}
