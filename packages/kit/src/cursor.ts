import { Problem } from './problem.ts';

/** Packs the sort key of the last row into an opaque cursor. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

const invalid = () =>
  new Problem('VALIDATION_FAILED', {
    errors: [{ path: 'query.cursor', message: 'Is not a cursor of this list' }],
  });

/**
 * Unpacks a cursor; `kinds` says what the key must look like.
 * @throws Problem VALIDATION_FAILED when it is not a cursor of this list.
 */
export function decodeCursor(
  cursor: string,
  kinds: readonly ('uuid' | 'instant' | 'number' | 'text')[],
): string[] {
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw invalid();
  }
  if (!Array.isArray(key) || key.length !== kinds.length) throw invalid();
  return key.map((part, index) => {
    const value = String(part);
    if (!looksLike(value, kinds[index] as string)) throw invalid();
    return value;
  });
}

function looksLike(value: string, kind: string): boolean {
  if (kind === 'text') return value.isWellFormed() && !value.includes('\0');
  if (kind === 'uuid') return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value);
  if (kind === 'number') return /^-?\d{1,16}$/.test(value);
  return value === 'infinity' || isInstant(value);
}

/** An instant that exists: 30 February has the right shape, and PostgreSQL would fail on it. */
function isInstant(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3,6}Z$/.test(value) || value < '0001') return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 19) === value.slice(0, 19);
}

/** `{items, nextCursor}` from up to `limit + 1` rows: the extra row only says that there is more. */
export function toPage<T>(rows: T[], limit: number, keyOf: (row: T) => readonly (string | number)[]) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null;
  return { items, nextCursor };
}
