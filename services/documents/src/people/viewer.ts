import type { Identity } from '@spacedly/kit';
import type { DocumentsDeps, Viewer } from '../deps.ts';

const NOBODY: Viewer = { userId: null, isAdmin: false, department: null, isEditor: false };

/** All that access is decided by, of whoever calls. @throws Problem UNAVAILABLE */
export async function viewerOf(
  { people }: Pick<DocumentsDeps, 'people'>,
  identity: Identity | null,
): Promise<Viewer> {
  if (identity === null) return NOBODY;
  const { userId, role } = identity;
  const person = (await people.byIds([userId])).get(userId);
  const { department = null, isEditor = false } = person ?? {};
  return { userId, isAdmin: role === 'ADMIN', department, isEditor };
}
