import type { Role } from '@spacedly/contracts';
import { newId } from '@spacedly/kit';
import { insertUser } from '../accounts/store.ts';
import type { AuthDeps } from '../deps.ts';
import { nameFor } from './rules.ts';
import { findByIdentity, insertIdentity, lockFederation } from './store.ts';

interface PoolMember {
  provider: string;
  subject: string;
  name: string;
}

/**
 * The account of a member of a trusted user pool, made at first sight. Its access tokens carry no address, so none
 * is taken over: two people never become one because of a name. Null when the account is closed.
 */
export async function findPoolAccount(
  { db, outbox, now }: AuthDeps,
  { provider, subject, name }: PoolMember,
): Promise<{ userId: string; role: Role } | null> {
  return db.transaction(async (tx) => {
    await lockFederation(tx, { provider, subject }, null);
    const known = await findByIdentity(tx, { provider, subject });
    if (known !== null) {
      return known.isActive && known.deletedAt === null ? { userId: known.id, role: known.role } : null;
    }
    const at = now();
    const displayName = nameFor({ name, email: null, subject });
    const made = await insertUser(tx, { id: newId(), name: displayName, lastLoginAt: at }, at);
    await insertIdentity(tx, { provider, subject, userId: made.id, createdAt: at, lastUsedAt: at });
    await outbox.publish(tx, 'user.registered', { userId: made.id, name: displayName });
    return { userId: made.id, role: made.role };
  });
}
