const TYPES = ['task', 'doc', 'comment'] as const;
const MAX_WORDS = 200;

/** What is looked for, as the address says it. */
export interface PageSearch {
  q?: string;
  type?: (typeof TYPES)[number];
}

/** Reads the address; what it cannot mean is left out. The router reads `?q=2026` as a number. */
export function readPageSearch(raw: Record<string, unknown>): PageSearch {
  const q = typeof raw.q === 'number' ? String(raw.q) : raw.q;
  const type = TYPES.find((known) => known === raw.type);
  return {
    ...(typeof q === 'string' && q.trim() !== '' && { q: q.slice(0, MAX_WORDS) }),
    ...(type !== undefined && { type }),
  };
}
