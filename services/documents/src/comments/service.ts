import { type Comment, type CreateCommentBody, type DocumentAccess, MAX_REPLIES } from '@spacedly/contracts';
import {
  type Db,
  decodeCursor,
  encodeCursor,
  type IdempotencyClaim,
  newId,
  once,
  Problem,
} from '@spacedly/kit';
import { authorizeDocument } from '../access/authorize.ts';
import { allows } from '../access/rules.ts';
import type { DocumentHead } from '../access/store.ts';
import type { DocumentsDeps, Target, Viewer } from '../deps.ts';
import type { Person } from '../people/people.ts';
import { idempotencyKeys } from '../schema.ts';
import { type CommentRow, MAX_DEPTH, mentionsIn, presentComment, toTrees } from './rules.ts';
import * as store from './store.ts';
import { tellConcerned } from './tell.ts';

interface Asked {
  docId: string;
  viewer: Viewer;
}

const authorized = (tx: Db, { outbox }: DocumentsDeps, { docId, viewer }: Asked, needed: DocumentAccess) =>
  authorizeDocument(tx, outbox, { docId, viewer, needed, deed: 'document.commented' });

/** @throws Problem DOCUMENT_NOT_FOUND, UNAVAILABLE */
export async function listComments(
  deps: DocumentsDeps,
  { docId, viewer }: Asked,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: Comment[]; nextCursor: string | null }> {
  const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, ['uuid']);
  const ask = { docId, viewer, needed: 'read', deed: 'document.read' } as const;
  await authorizeDocument(deps.db, deps.outbox, ask);
  const rows = await store.listThreads(deps.db, { docId, after, limit: limit + 1 });
  const authors = rows.filter(({ deletedAt }) => deletedAt === null).map(({ authorId }) => authorId);
  const trees = toTrees(rows, await deps.people.refsOf(authors));
  const items = trees.slice(0, limit);
  const last = items.at(-1);
  const isMore = trees.length > limit && last !== undefined;
  return { items, nextCursor: isMore ? encodeCursor([last.id]) : null };
}

/** The place of a reply. @throws Problem COMMENT_NOT_FOUND, COMMENT_TOO_DEEP, COMMENT_LIMIT */
async function placeUnder(tx: Db, docId: string, parentId: string) {
  const parent = await store.lockInThread(tx, { docId, commentId: parentId });
  if (parent === null || parent.deletedAt !== null) throw new Problem('COMMENT_NOT_FOUND');
  if (parent.depth >= MAX_DEPTH) throw new Problem('COMMENT_TOO_DEEP');
  const { threadId, depth, authorId } = parent;
  if ((await store.countReplies(tx, threadId)) >= MAX_REPLIES) throw new Problem('COMMENT_LIMIT');
  return { threadId, depth: depth + 1, parentAuthorId: authorId };
}

/** People by username, asked for before the transaction. */
async function mentionedIn({ people }: DocumentsDeps, content: string): Promise<Person[]> {
  const names = mentionsIn(content);
  if (names.length === 0) return [];
  const found = new Map((await people.byUsernames(names)).map((person) => [person.username, person]));
  return names.flatMap((name) => found.get(name) ?? []);
}

/** Whoever else hears of a comment: read before the transaction, as who they are is asked of another service. */
async function bystanders(deps: DocumentsDeps, docId: string, parentId: string | null): Promise<Person[]> {
  const ids = await store.findConcerned(deps.db, docId, parentId);
  return [...(await deps.people.byIds(ids)).values()];
}

/**
 * Says something about a document, or replies to a comment.
 * @throws Problem DOCUMENT_NOT_FOUND, DOCUMENT_FORBIDDEN, COMMENT_NOT_FOUND, COMMENT_TOO_DEEP, COMMENT_LIMIT,
 *   IDEMPOTENCY_KEY_REUSED, UNAVAILABLE
 */
export async function createComment(
  deps: DocumentsDeps,
  { docId, viewer }: Asked,
  { content, parentId = null }: CreateCommentBody,
  idempotency: IdempotencyClaim | null,
): Promise<Comment> {
  const authorId = viewer.userId as string;
  const [authors, mentioned, others] = await Promise.all([
    deps.people.refsOf([authorId]),
    mentionedIn(deps, content),
    bystanders(deps, docId, parentId),
  ]);
  return deps.db.transaction(async (tx) => {
    const { document } = await authorized(tx, deps, { docId, viewer }, 'comment');
    return once(tx, idempotencyKeys, idempotency, async () => {
      const [id, now] = [newId(), deps.now()];
      const root = { threadId: id, depth: 0, parentAuthorId: null };
      const { parentAuthorId, ...place } = parentId === null ? root : await placeUnder(tx, docId, parentId);
      const dates = { createdAt: now, updatedAt: now, deletedAt: null };
      const comment = { id, docId, parentId, ...place, authorId, content, version: 1, ...dates };
      await store.insertComment(tx, comment);
      const by = authors.get(authorId)?.name ?? '';
      await tellConcerned(tx, deps.outbox, { document, comment }, { mentioned, others, parentAuthorId, by });
      return presentComment(comment, authors);
    });
  });
}

/** A comment that is there, in its locked thread. @throws Problem COMMENT_NOT_FOUND, PRECONDITION_FAILED */
async function load(tx: Db, { docId, commentId }: store.CommentKey, ifMatch: number | null) {
  const comment = await store.lockInThread(tx, { docId, commentId });
  if (comment === null || comment.deletedAt !== null) throw new Problem('COMMENT_NOT_FOUND');
  return {
    comment,
    assertVersion: () => {
      if (ifMatch === null || ifMatch === comment.version) return;
      throw new Problem('PRECONDITION_FAILED', { detail: `The current version is ${comment.version}` });
    },
  };
}

async function saveContent(
  tx: Db,
  deps: DocumentsDeps,
  { document, comment }: { document: DocumentHead; comment: CommentRow },
  { content, mentioned, by }: { content: string; mentioned: readonly Person[]; by: string },
): Promise<CommentRow> {
  if (content === comment.content) return comment;
  const before = new Set(mentionsIn(comment.content));
  const changed = await store.updateContent(tx, comment, { content, now: deps.now() });
  // Only those who were not named before hear of it now.
  const added = mentioned.filter(({ username }) => !before.has(username ?? ''));
  const concerned = { mentioned: added, others: [], parentAuthorId: null, by };
  await tellConcerned(tx, deps.outbox, { document, comment: changed }, concerned);
  return changed;
}

/**
 * Changes a comment of one's own.
 * @throws Problem DOCUMENT_NOT_FOUND, DOCUMENT_FORBIDDEN, COMMENT_NOT_FOUND, PRECONDITION_FAILED, UNAVAILABLE
 */
export async function changeComment(
  deps: DocumentsDeps,
  { docId, viewer, commentId, ifMatch }: Target & store.CommentKey,
  content: string,
): Promise<Comment> {
  const authorId = viewer.userId as string;
  const [authors, mentioned] = await Promise.all([
    deps.people.refsOf([authorId]),
    mentionedIn(deps, content),
  ]);
  const row = await deps.db.transaction(async (tx) => {
    const { document, access } = await authorized(tx, deps, { docId, viewer }, 'read');
    const { comment, assertVersion } = await load(tx, { docId, commentId }, ifMatch);
    const isMine = comment.authorId === authorId;
    if (!isMine || !allows(access, 'comment')) throw new Problem('DOCUMENT_FORBIDDEN');
    assertVersion();
    const by = authors.get(authorId)?.name ?? '';
    return saveContent(tx, deps, { document, comment }, { content, mentioned, by });
  });
  return presentComment(row, authors);
}

/**
 * Deletes a comment of one's own, or any about a document of one's own.
 * @throws Problem DOCUMENT_NOT_FOUND, DOCUMENT_FORBIDDEN, COMMENT_NOT_FOUND, PRECONDITION_FAILED, UNAVAILABLE
 */
export async function removeComment(
  deps: DocumentsDeps,
  { docId, viewer, commentId, ifMatch }: Target & store.CommentKey,
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    await authorized(tx, deps, { docId, viewer }, 'read');
    const { comment, assertVersion } = await load(tx, { docId, commentId }, ifMatch);
    // Asked anew, as an admin's use of their right is written to the audit log.
    if (comment.authorId !== viewer.userId) await authorized(tx, deps, { docId, viewer }, 'owner');
    assertVersion();
    await store.deleteComment(tx, comment, deps.now());
  });
}
