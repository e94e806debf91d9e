import type { DocumentAccess, ProblemCode } from '@spacedly/contracts';
import type { Viewer } from '../deps.ts';

/** From nothing to everything, as `accessLevel` counts. */
const LEVELS = ['none', 'read', 'comment', 'write', 'owner'] as const;
export type Level = 'none' | DocumentAccess;

/** What a level counted by the database is called. */
export const levelOf = (count: number): Level => LEVELS[count] ?? 'none';

/** Whether somebody of a level may do what needs another. */
export function allows(level: Level, needed: DocumentAccess): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(needed);
}

/**
 * Why somebody of a level may not do what needs another, or null. Whoever has no access learns nothing of a document, not
 * even by the auth service being down: what cannot be known then is the same for all that they may not see.
 */
export function whyRefused(
  { isAdmin, isUnsure, isThere }: Pick<Viewer, 'isAdmin' | 'isUnsure'> & { isThere: boolean },
  level: Level,
  needed: DocumentAccess,
): ProblemCode | null {
  if (isAdmin) return isThere ? null : 'DOCUMENT_NOT_FOUND';
  if (allows(level, needed)) return null;
  if (isUnsure) return 'UNAVAILABLE';
  return level === 'none' ? 'DOCUMENT_NOT_FOUND' : 'DOCUMENT_FORBIDDEN';
}
