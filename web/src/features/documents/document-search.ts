/** Which documents are shown. Plain `/documents` shows all that I may see. */
export interface DocumentsSearch {
  list?: 'mine' | 'shared' | 'bin';
  tag?: string;
}

const LISTS = ['mine', 'shared', 'bin'] as const;
const MAX_TAG = 30;

/** Reads the address; what it cannot mean is left out. The router reads `?tag=2026` as a number. */
export function readDocumentsSearch(raw: Record<string, unknown>): DocumentsSearch {
  const list = LISTS.find((known) => known === raw.list);
  const tag = typeof raw.tag === 'number' ? String(raw.tag) : raw.tag;
  return {
    ...(list !== undefined && { list }),
    ...(typeof tag === 'string' && tag.trim() !== '' && { tag: tag.slice(0, MAX_TAG) }),
  };
}

/** Which two versions are compared; both or none. */
export function readCompared(raw: Record<string, unknown>): { from?: number; to?: number } {
  const { from, to } = raw;
  const isVersion = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;
  return isVersion(from) && isVersion(to) ? { from, to } : {};
}
