import { Problem } from '@spacedly/kit';
import { findUserByIdentifier, type UserRow } from '../accounts/store.ts';
import { INSTALLATION } from '../audit/service.ts';
import type { AuthDeps } from '../deps.ts';
import { changeUser } from './service-update.ts';

/**
 * Makes somebody an admin, for whoever has the machine. Their sessions end, as the old tokens carry the old role.
 * @throws Problem USER_NOT_FOUND
 */
export async function grantAdmin(deps: AuthDeps, email: string): Promise<UserRow> {
  const user = await findUserByIdentifier(deps.db, email);
  if (user === null) throw new Problem('USER_NOT_FOUND', { detail: 'No account has this e-mail address' });
  return changeUser(deps, INSTALLATION, { userId: user.id, ifMatch: null }, { role: 'ADMIN' });
}
