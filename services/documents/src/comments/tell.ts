import { type EventData, MAX_MENTIONS } from '@spacedly/contracts';
import type { Db, Outbox } from '@spacedly/kit';
import { type DocumentHead, findReaders } from '../access/store.ts';
import type { Person } from '../people/people.ts';
import { type CommentRow, excerptOf } from './rules.ts';

type Why = EventData<'comment.added'>['why'];

/** Whom a comment concerns besides its author, who may see the document or not. */
export interface Concerned {
  /** In the order in which they are named. */
  mentioned: readonly Person[];
  /** Those of the owner of the document and the author of the comment replied to who are here. */
  others: readonly Person[];
  parentAuthorId: string | null;
  by: string;
}

/**
 * Tells those whom a comment concerns, each once and only if they can see the document: who is named in it, whose comment
 * it replies to, whose document it is about.
 */
export async function tellConcerned(
  tx: Db,
  outbox: Outbox,
  { document, comment }: { document: DocumentHead; comment: CommentRow },
  { mentioned, others, parentAuthorId, by }: Concerned,
): Promise<void> {
  const named = mentioned.filter(({ id }) => id !== comment.authorId).slice(0, MAX_MENTIONS);
  const reasons = new Map<string, Why>(named.map(({ id }) => [id, 'mention']));
  for (const { id } of others) {
    const why = id === parentAuthorId ? 'reply' : 'document';
    if (id !== comment.authorId && !reasons.has(id)) reasons.set(id, why);
  }
  const people = [...named, ...others].filter(({ id }) => reasons.has(id));
  const readers = await findReaders(tx, document.id, people);
  const about = { docId: document.id, title: document.title, by, excerpt: excerptOf(comment.content) };
  const told = [...reasons].filter(([userId]) => readers.has(userId));
  await outbox.publish(tx, 'comment.added', ...told.map(([userId, why]) => ({ userId, ...about, why })));
}
