import type { DocumentDiff } from '@spacedly/contracts';

/** Lines `from` to before `fromEnd` of the older text became `to` to before `toEnd` of the newer one; from 0. */
export interface Edit {
  from: number;
  fromEnd: number;
  to: number;
  toEnd: number;
}

type Hunk = DocumentDiff['hunks'][number];
type Kind = Hunk['lines'][number]['kind'];

const CONTEXT_LINES = 3;
/** Nobody reads more; lines beyond are counted, not shown. */
const MAX_LINES = 5_000;

/** Edits whose surroundings touch are shown together. */
function groupsOf(edits: readonly Edit[]): Edit[][] {
  const groups: Edit[][] = [];
  for (const edit of edits) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && edit.from - last.fromEnd <= 2 * CONTEXT_LINES) group.push(edit);
    else groups.push([edit]);
  }
  return groups;
}

/**
 * The edits with the lines around them, as many as can be read.
 * @returns `isCut` where there are more
 */
export function hunksOf(
  older: readonly string[],
  newer: readonly string[],
  edits: readonly Edit[],
): Pick<DocumentDiff, 'hunks' | 'isCut'> {
  const hunks: Hunk[] = [];
  let left = MAX_LINES;
  let isCut = false;
  const add = (hunk: Hunk, kind: Kind, lines: readonly string[], [begin, end]: [number, number]) => {
    const shown = Math.min(end, begin + left);
    for (const text of lines.slice(begin, shown)) hunk.lines.push({ kind, text });
    left -= shown - begin;
    isCut ||= shown < end;
  };
  for (const group of groupsOf(edits)) {
    if (left === 0) return { hunks, isCut: true };
    const [first] = group as [Edit];
    const before = Math.min(CONTEXT_LINES, first.from);
    const hunk: Hunk = { fromLine: first.from - before + 1, toLine: first.to - before + 1, lines: [] };
    let at = first.from - before;
    for (const { from, fromEnd, to, toEnd } of group) {
      add(hunk, 'same', older, [at, from]);
      add(hunk, 'removed', older, [from, fromEnd]);
      add(hunk, 'added', newer, [to, toEnd]);
      at = fromEnd;
    }
    add(hunk, 'same', older, [at, Math.min(at + CONTEXT_LINES, older.length)]);
    hunks.push(hunk);
  }
  return { hunks, isCut };
}
