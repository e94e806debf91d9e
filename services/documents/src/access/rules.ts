import type { DocumentAccess } from '@spacedly/contracts';

/** From nothing to everything, as `accessLevel` counts. */
const LEVELS = ['none', 'read', 'comment', 'write', 'owner'] as const;
export type Level = 'none' | DocumentAccess;

/** What a level counted by the database is called. */
export const levelOf = (count: number): Level => LEVELS[count] ?? 'none';

/** Whether somebody of a level may do what needs another. */
export function allows(level: Level, needed: DocumentAccess): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(needed);
}
