import { type Comment, MAX_MENTIONS, type PersonRef } from '@spacedly/contracts';
import type { comments } from '../schema.ts';

export type CommentRow = typeof comments.$inferSelect;

/** Replies go this deep. */
export const MAX_DEPTH = 2;
const EXCERPT_LENGTH = 200;

/** Not within a word or an address: `ada@example.com` names nobody. */
const MENTION = /(?<![\p{L}\p{N}_.@])@([a-z0-9_.]{3,31})/giu;

/**
 * The usernames a comment may mean, in lower case, each once. A name may have dots, and a sentence ends with one: both
 * readings are given, the longer first.
 */
export function mentionsIn(content: string): string[] {
  const names = new Set<string>();
  for (const [, name = ''] of content.toLowerCase().matchAll(MENTION)) {
    if (names.size >= MAX_MENTIONS * 2) break;
    for (const one of [name, name.replace(/\.+$/, '')]) {
      if (one.length >= 3 && one.length <= 30) names.add(one);
    }
  }
  return [...names];
}

/** The beginning of a comment, for a message about it. */
export function excerptOf(content: string): string {
  const letters = [...content];
  return letters.length <= EXCERPT_LENGTH ? content : `${letters.slice(0, EXCERPT_LENGTH - 1).join('')}…`;
}

/** A comment without its replies. Of a tombstone nothing is told but its place. */
export function presentComment(row: CommentRow, people: ReadonlyMap<string, PersonRef>): Comment {
  const isDeleted = row.deletedAt !== null;
  return {
    id: row.id,
    docId: row.docId,
    parentId: row.parentId,
    depth: row.depth,
    authorId: isDeleted ? null : row.authorId,
    author: isDeleted ? null : (people.get(row.authorId) ?? null),
    content: isDeleted ? null : row.content,
    isDeleted,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    replies: [],
  };
}

/** Rows in the order of their ids, a parent before its replies, as trees. */
export function toTrees(rows: readonly CommentRow[], people: ReadonlyMap<string, PersonRef>): Comment[] {
  const byId = new Map<string, Comment>();
  const roots: Comment[] = [];
  for (const row of rows) {
    const comment = presentComment(row, people);
    byId.set(comment.id, comment);
    const siblings = comment.parentId === null ? roots : byId.get(comment.parentId)?.replies;
    siblings?.push(comment);
  }
  return roots;
}
