import type { Document } from '../../shared/api.ts';

/** Bytes of the text of a document, in UTF-8. */
const MAX_BYTES = 1_048_576;

/** What of a document can be edited. */
export type DocumentValues = Pick<Document, 'title' | 'content' | 'tags' | 'visibility'>;
type Field = keyof DocumentValues;

const FIELDS = ['title', 'content', 'tags', 'visibility'] as const satisfies Field[];

export function toValues({ title, content, tags, visibility }: DocumentValues): DocumentValues {
  return { title, content, tags, visibility };
}

function isSame(field: Field, one: DocumentValues, other: DocumentValues): boolean {
  if (field !== 'tags') return one[field] === other[field];
  return one.tags.length === other.tags.length && one.tags.every((tag, index) => tag === other.tags[index]);
}

/** The fields that differ from `base`. */
export function changedFields(values: DocumentValues, base: DocumentValues): Field[] {
  return FIELDS.filter((field) => !isSame(field, values, base));
}

/** The body of the update: only what was changed. */
export function toChanges(values: DocumentValues, base: DocumentValues): Partial<DocumentValues> {
  return Object.fromEntries(changedFields(values, base).map((field) => [field, values[field]]));
}

/**
 * Brings what was typed onto a newer version: it stays, everything else follows the newer one. `hasConflicts` where a
 * field was changed on both sides, and not to the same.
 */
export function rebase(
  values: DocumentValues,
  base: DocumentValues,
  latest: DocumentValues,
): { values: DocumentValues; hasConflicts: boolean } {
  const mine = changedFields(values, base);
  const theirs = changedFields(latest, base);
  return {
    values: { ...latest, ...toChanges(values, base) },
    hasConflicts: mine.some((field) => theirs.includes(field) && !isSame(field, values, latest)),
  };
}

/** Whether the server would refuse the text for its length. */
export function isTooLong(content: string): boolean {
  // Three bytes are the most that one unit of UTF-16 takes.
  if (content.length * 3 <= MAX_BYTES) return false;
  return content.length > MAX_BYTES || new TextEncoder().encode(content).length > MAX_BYTES;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** A line that begins something new: no continuation of a list, a quote or a table, and not indented. */
const BEGINS = /^(?![\s>|]|[-+*] |\d+[.)] )/;
const DEFINITION = /^ {0,3}\[[^\]]+\]:\s*\S/;

/**
 * Markdown in parts of at least `size` characters, each of which reads the same alone: what is near the eyes can be
 * shown before the rest. Definitions of links go along with every part that may use them.
 */
export function splitSections(markdown: string, size: number): string[] {
  if (markdown.length <= size) return [markdown];
  const sections: string[] = [];
  const definitions: string[] = [];
  let current: string[] = [];
  let length = 0;
  let fence: string | null = null;
  let wasBlank = false;
  for (const line of markdown.split('\n')) {
    const mark = FENCE.exec(line)?.[1];
    if (fence === null && wasBlank && length >= size && BEGINS.test(line)) {
      sections.push(current.join('\n'));
      current = [];
      length = 0;
    }
    if (fence === null) fence = mark ?? null;
    else if (mark?.startsWith(fence) && line.trim() === mark) fence = null;
    if (fence === null && DEFINITION.test(line)) definitions.push(line);
    current.push(line);
    length += line.length + 1;
    wasBlank = line.trim() === '';
  }
  sections.push(current.join('\n'));
  if (definitions.length === 0) return sections;
  const all = definitions.join('\n');
  return sections.map((section) => (section.includes('[') ? `${section}\n\n${all}` : section));
}
