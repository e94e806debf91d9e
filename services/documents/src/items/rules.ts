import type {
  CreateDocumentBody,
  Document,
  DocumentAccess,
  DocumentSummary,
  PersonRef,
  UpdateDocumentBody,
} from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';
import type { DocumentHead } from '../access/store.ts';
import type { Viewer } from '../deps.ts';
import type { documents } from '../schema.ts';

export type DocumentRow = typeof documents.$inferSelect;

/** A new document as it is stored; private unless said otherwise. */
export function planDocument(
  { title, content = '', tags = [], visibility = 'private', department = null }: CreateDocumentBody,
  { id, ownerId, now }: { id: string; ownerId: string; now: Date },
): DocumentRow {
  const dates = { createdAt: now, updatedAt: now, deletedAt: null };
  return { id, ownerId, title, content, tags, visibility, department, version: 1, ...dates };
}

/**
 * Nobody pushes a document on a department that is not theirs; an admin may. Taking it out of one is always possible.
 * @throws Problem DEPARTMENT_NOT_YOURS, UNAVAILABLE where the auth service could not say which is theirs
 */
export function assertDepartment(
  viewer: Pick<Viewer, 'department' | 'isAdmin' | 'isUnsure'>,
  department: string | null | undefined,
): void {
  if (department == null || viewer.isAdmin || department === viewer.department) return;
  throw new Problem(viewer.isUnsure ? 'UNAVAILABLE' : 'DEPARTMENT_NOT_YOURS');
}

/** @throws Problem PRECONDITION_FAILED */
export function assertVersion({ version }: { version: number }, ifMatch: number | null): void {
  if (ifMatch === null || ifMatch === version) return;
  throw new Problem('PRECONDITION_FAILED', { detail: `The current version is ${version}` });
}

/** What a change needs: who may write changes what a document says, its owner also who sees it. */
export function neededFor({ visibility, department }: UpdateDocumentBody): DocumentAccess {
  return visibility === undefined && department === undefined ? 'write' : 'owner';
}

export type DocumentChanges = Partial<
  Pick<DocumentRow, 'title' | 'content' | 'tags' | 'visibility' | 'department'>
>;

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What really changes, or null when everything is as asked for already. */
export function planChanges(current: DocumentRow, body: UpdateDocumentBody): DocumentChanges | null {
  const fields = ['title', 'content', 'tags', 'visibility', 'department'] as const;
  const changed = fields.filter((field) => body[field] !== undefined && !isSame(body[field], current[field]));
  return changed.length === 0 ? null : Object.fromEntries(changed.map((field) => [field, body[field]]));
}

/** A document as one person sees it in a list. */
export function presentSummary(
  row: DocumentHead,
  access: DocumentAccess,
  owner: PersonRef | null,
): DocumentSummary {
  return {
    id: row.id,
    title: row.title,
    tags: row.tags,
    visibility: row.visibility,
    department: row.department,
    ownerId: row.ownerId,
    owner,
    access,
    version: row.version,
    deletedAt: row.deletedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** A document as one person sees it. */
export function presentDocument(row: DocumentRow, access: DocumentAccess, owner: PersonRef | null): Document {
  return { ...presentSummary(row, access, owner), content: row.content };
}
