import type { DocumentDiff } from '@spacedly/contracts';
import { diffArrays } from 'diff';
import { type Edit, hunksOf } from './hunks.ts';

/** What of a version is compared. */
interface Text {
  version: number;
  title: string;
  content: string;
  tags: readonly string[];
}

/**
 * Comparing holds up everybody else: past any of these it is given up, and the text shown as replaced. A megabyte has
 * 13,000 lines of 80 characters; one of a million lines would take the library seconds even to look at.
 */
const MAX_COMPARED_LINES = 20_000;
const MAX_EDITS = 4_000;
const MAX_MS = 50;

/** The lines of a text, whichever way they end. A last line with its end is the same as one without. */
function linesOf(content: string): string[] {
  const lines = content.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return content.includes('\r\n')
    ? lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
    : lines;
}

/** All that lies between what both texts begin and end with. */
function differing(older: readonly string[], newer: readonly string[]): Edit {
  const shorter = Math.min(older.length, newer.length);
  let start = 0;
  while (start < shorter && older[start] === newer[start]) start += 1;
  let end = 0;
  while (end < shorter - start && older.at(-1 - end) === newer.at(-1 - end)) end += 1;
  return { from: start, fromEnd: older.length - end, to: start, toEnd: newer.length - end };
}

/** The parts that differ, in order. */
function editsOf(older: readonly string[], newer: readonly string[]): Edit[] {
  const whole = differing(older, newer);
  const { from, fromEnd, to, toEnd } = whole;
  if (from === fromEnd && to === toEnd) return [];
  if (fromEnd - from + toEnd - to > MAX_COMPARED_LINES) return [whole];
  const limits = { maxEditLength: MAX_EDITS, timeout: MAX_MS };
  const changes = diffArrays(older.slice(from, fromEnd), newer.slice(to, toEnd), limits);
  if (changes === undefined) return [whole];
  const edits: Edit[] = [];
  let at = { from, to };
  for (const { added, removed, count = 0 } of changes) {
    const next = { from: at.from + (added ? 0 : count), to: at.to + (removed ? 0 : count) };
    if (added || removed) edits.push({ ...at, fromEnd: next.from, toEnd: next.to });
    at = next;
  }
  return edits;
}

/** What changed from one version to another, line by line. How lines end is not compared. */
export function diffOf(older: Text, newer: Text): DocumentDiff {
  const isSame = older.content === newer.content;
  const [from, to] = isSame ? [[], []] : [linesOf(older.content), linesOf(newer.content)];
  const edits = editsOf(from, to);
  return {
    from: older.version,
    to: newer.version,
    title: older.title === newer.title ? null : { from: older.title, to: newer.title },
    tags: {
      added: newer.tags.filter((tag) => !older.tags.includes(tag)),
      removed: older.tags.filter((tag) => !newer.tags.includes(tag)),
    },
    addedLines: edits.reduce((sum, edit) => sum + edit.toEnd - edit.to, 0),
    removedLines: edits.reduce((sum, edit) => sum + edit.fromEnd - edit.from, 0),
    ...hunksOf(from, to, edits),
  };
}
