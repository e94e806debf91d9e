import { Problem } from '@spacedly/kit';
import type { FastifyRequest } from 'fastify';
import type { DocumentsDeps, Viewer } from '../deps.ts';
import type { Person } from './people.ts';

/** Somebody of whom the auth service could tell nothing now. */
const UNSURE = 'unsure';

async function find({ people }: Pick<DocumentsDeps, 'people'>, userId: string) {
  try {
    return (await people.byIds([userId])).get(userId);
  } catch (error) {
    if (error instanceof Problem && error.code === 'UNAVAILABLE') return UNSURE;
    throw error;
  }
}

/**
 * All that access is decided by, of whoever calls. A personal access token carries no rights of an admin: a leaked one
 * must not open everybody's documents. Network I/O: ask before a transaction, not inside one.
 */
export async function viewerOf(
  deps: Pick<DocumentsDeps, 'people'>,
  { identity, clientIp: ip, id: requestId }: Pick<FastifyRequest, 'identity' | 'clientIp' | 'id'>,
): Promise<Viewer> {
  const nobody = { userId: null, isAdmin: false, department: null, isEditor: false, isUnsure: false };
  if (identity === null) return { ...nobody, ip, requestId };
  const { userId, role, scopes } = identity;
  const found = await find(deps, userId);
  const { department = null, isEditor = false }: Partial<Person> = found === UNSURE ? {} : (found ?? {});
  const isAdmin = role === 'ADMIN' && scopes === null;
  return { userId, isAdmin, department, isEditor, isUnsure: found === UNSURE, ip, requestId };
}
