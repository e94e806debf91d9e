import type {
  DiffQuery,
  Document,
  DocumentDiff,
  DocumentVersion,
  DocumentVersionFull,
  ListVersionsQuery,
  PersonRef,
} from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';
import { authorizeDocument, authorizeFull } from '../access/authorize.ts';
import type { DocumentsDeps, Target } from '../deps.ts';
import { assertVersion, planChanges } from '../items/rules.ts';
import { withOwner } from '../items/service.ts';
import { saveChanges } from '../items/store.ts';
import { diffOf } from './diff.ts';
import { findVersions, listVersions, type VersionHead, type VersionRow } from './store.ts';

type Asked = Pick<Target, 'docId' | 'viewer'>;

/** Versions are for those who may write: what was a draft, or is taken back, is not for every reader. */
const reading = { needed: 'write', deed: 'document.read', inBin: true } as const;

function present(row: VersionHead, people: ReadonlyMap<string, PersonRef>): DocumentVersion {
  const { version, title, tags, authorId, sizeBytes, restoredFrom, createdAt } = row;
  const author = people.get(authorId) ?? null;
  return {
    ...{ version, title, tags, authorId, author, sizeBytes, restoredFrom },
    createdAt: createdAt.toISOString(),
  };
}

/** @throws Problem DOCUMENT_NOT_FOUND, DOCUMENT_FORBIDDEN, VALIDATION_FAILED, UNAVAILABLE */
export async function readVersions(
  { db, outbox, people }: DocumentsDeps,
  { docId, viewer }: Asked,
  query: ListVersionsQuery,
): Promise<{ items: DocumentVersion[]; nextCursor: string | null }> {
  await authorizeDocument(db, outbox, { docId, viewer, ...reading });
  const { items, nextCursor } = await listVersions(db, docId, query);
  const authors = await people.refsOf(items.map(({ authorId }) => authorId));
  return { items: items.map((row) => present(row, authors)), nextCursor };
}

function pick(versions: ReadonlyMap<number, VersionRow>, version: number): VersionRow {
  const row = versions.get(version);
  if (row === undefined) throw new Problem('VERSION_NOT_FOUND');
  return row;
}

/** @throws Problem DOCUMENT_NOT_FOUND, DOCUMENT_FORBIDDEN, VERSION_NOT_FOUND, UNAVAILABLE */
export async function readVersion(
  { db, outbox, people }: DocumentsDeps,
  { docId, viewer }: Asked,
  version: number,
): Promise<DocumentVersionFull> {
  await authorizeDocument(db, outbox, { docId, viewer, ...reading });
  const row = pick(await findVersions(db, docId, [version]), version);
  const { content } = row;
  const authors = await people.refsOf([row.authorId]);
  return { ...present({ ...row, sizeBytes: Buffer.byteLength(content) }, authors), content };
}

/** @throws Problem DOCUMENT_NOT_FOUND, DOCUMENT_FORBIDDEN, VERSION_NOT_FOUND, UNAVAILABLE */
export async function compareVersions(
  { db, outbox }: DocumentsDeps,
  { docId, viewer }: Asked,
  query: DiffQuery,
): Promise<DocumentDiff> {
  const { document } = await authorizeDocument(db, outbox, { docId, viewer, ...reading });
  const { from, to = document.version } = query;
  const versions = await findVersions(db, docId, [from, to]);
  return diffOf(pick(versions, from), pick(versions, to));
}

/**
 * Saves title, text and tags as they were in an older version, as a new one; who may see the document stays as it is.
 * Where they are the same already nothing changes.
 * @throws Problem DOCUMENT_NOT_FOUND, DOCUMENT_FORBIDDEN, VERSION_NOT_FOUND, PRECONDITION_FAILED, UNAVAILABLE
 */
export async function restoreVersion(
  deps: DocumentsDeps,
  { docId, viewer, ifMatch }: Target,
  version: number,
): Promise<Document> {
  const restored = await deps.db.transaction(async (tx) => {
    const ask = { docId, viewer, needed: 'write', deed: 'document.changed', lock: true } as const;
    const { document, access } = await authorizeFull(tx, deps.outbox, ask);
    assertVersion(document, ifMatch);
    const { title, content, tags } = pick(await findVersions(tx, docId, [version]), version);
    const changes = planChanges(document, { title, content, tags });
    if (changes === null) return { document, access };
    const save = { ...document, ...changes, version: document.version + 1, updatedAt: deps.now() };
    await saveChanges(tx, save, { authorId: viewer.userId as string, restoredFrom: version });
    return { document: save, access };
  });
  return withOwner(deps, restored);
}
