/**
 * Bytes of a filter: two rows with one fill a page of 8 KB. They are kept in the row and not compressed, so that asking
 * for a bit reads little more than the bit.
 */
export const FILTER_BYTES = 3_968;
const FILTER_BITS = FILTER_BYTES * 8;
/** Tasks of one block: with more, each that has the words has more others read; with fewer, more filters are read. */
const BLOCK_TASKS = 16;
/** Characters of one block, so that about a quarter of the bits is set; of more, filters would tell less. */
const BLOCK_CHARACTERS = 2_700;

interface Piece {
  /** So many UTF-16 code units in a row are looked up together. */
  length: number;
  /** Bits that each of them sets: the fewer different ones there are, the more a second bit is worth. */
  bits: number;
  /** How many of the words are looked up. */
  atMost: number;
}

/**
 * The longest first. Three letters alone would not do: those of a rare word stand in others everywhere, as the six where
 * two common words meet do in other words.
 */
const PIECES: readonly Piece[] = [
  { length: 9, bits: 1, atMost: 6 },
  { length: 6, bits: 1, atMost: 8 },
  { length: 4, bits: 2, atMost: 4 },
  { length: 3, bits: 3, atMost: 4 },
];
/** For words that are shorter. */
const SHORT: readonly Piece[] = [
  { length: 2, bits: 2, atMost: 1 },
  { length: 1, bits: 2, atMost: 1 },
];
/** How many bits each length sets. */
const BITS = new Map([...PIECES, ...SHORT].map(({ length, bits }) => [length, bits]));
const LONGEST = Math.max(...BITS.keys());
/** How many bits are asked for; where words have fewer, one of them again. */
export const ASKED_BITS = 24;

/** FNV-1a over UTF-16 code units. */
const BASIS = 0x811c9dc5;
const hashed = (hash: number, text: string, at: number) => Math.imul(hash ^ text.charCodeAt(at), 0x01000193);

/** As many bits as are wanted from one hash (Kirsch and Mitzenmacher, 2006). */
function bitOf(hash: number, n: number): number {
  return (((hash ^ (hash >>> 15)) >>> 0) + n * (Math.imul(hash, 0x9e3779b1) >>> 9)) % FILTER_BITS;
}

/** Tasks younger than that are in no block, as a transaction that writes one may not have ended. */
export const SETTLED_MS = 3_600_000;

/** Where a task lies among those of its owner: they are ordered by creation, and by id where that is the same. */
export interface Place {
  createdAt: Date;
  id: string;
}

/** A task with the texts that are searched, in lower case as the database makes it. */
export interface Searched extends Place {
  title: string;
  description: string | null;
}

export interface Block {
  /** Its last task. */
  last: Place;
  filter: Buffer;
  /** Whether another task would be one too many. */
  isFull: boolean;
}

function add(filter: Buffer, text: string): void {
  for (let from = 0; from < text.length; from += 1) {
    let hash = BASIS;
    const most = Math.min(LONGEST, text.length - from);
    for (let length = 1; length <= most; length += 1) {
      hash = hashed(hash, text, from + length - 1);
      const bits = BITS.get(length) ?? 0;
      for (let n = 0; n < bits; n += 1) {
        const bit = bitOf(hash, n);
        // As get_bit of PostgreSQL counts: the least bit of a byte is its first.
        filter[bit >> 3] = (filter[bit >> 3] as number) | (1 << (bit & 7));
      }
    }
  }
}

/** Cuts tasks, in their order, into blocks; only the last may not be full. */
export function cutIntoBlocks(tasks: readonly Searched[]): Block[] {
  const blocks: Block[] = [];
  const empty = () => ({ filter: Buffer.alloc(FILTER_BYTES), tasks: 0, characters: 0 });
  let open = empty();
  tasks.forEach(({ createdAt, id, title, description }, index) => {
    add(open.filter, title);
    add(open.filter, description ?? '');
    open.tasks += 1;
    open.characters += title.length + (description?.length ?? 0);
    const isFull = open.tasks >= BLOCK_TASKS || open.characters >= BLOCK_CHARACTERS;
    if (!isFull && index < tasks.length - 1) return;
    blocks.push({ last: { createdAt, id }, filter: open.filter, isFull });
    open = empty();
  });
  return blocks;
}

/** Bits of some pieces of a length, spread evenly from the first to the last. */
function spread(words: string, { length, bits, atMost }: Piece): number[] {
  const last = words.length - length;
  const count = Math.min(atMost, last + 1);
  return Array.from({ length: count }, (_, piece) => {
    const from = count === 1 ? 0 : Math.floor((piece * last) / (count - 1));
    let hash = BASIS;
    for (let at = from; at < from + length; at += 1) hash = hashed(hash, words, at);
    return Array.from({ length: bits }, (_, n) => bitOf(hash, n));
  }).flat();
}

/**
 * Bits that are set in the filter of each block in which these words stand, `ASKED_BITS` of them. A filter may have them
 * from other words as well: it only tells where looking is in vain.
 * @param words in lower case as the database makes it; not empty
 */
export function bitsOf(words: string): number[] {
  const fitting = PIECES.filter(({ length }) => length <= words.length);
  const pieces = fitting.length > 0 ? fitting : SHORT.filter(({ length }) => length === words.length);
  const bits = pieces.flatMap((piece) => spread(words, piece));
  return Array.from({ length: ASKED_BITS }, (_, n) => bits[Math.min(n, bits.length - 1)] as number);
}
