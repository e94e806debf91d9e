import type { loginBody } from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';
import type { z } from 'zod';
import { findUserByIdentifier, lockUser } from '../accounts/store.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { savePassword } from '../passwords/store.ts';
import { countLogin } from './limit-login.ts';
import { type Challenged, completeFirstFactor, type SignedIn } from './service.ts';

/**
 * Signs in with a password. Unknown account, wrong password and deactivated account look alike and take the same
 * time. A hash of another system is replaced by one of ours.
 * @throws Problem INVALID_CREDENTIALS, TOO_MANY_ATTEMPTS, SIGN_IN_BUSY
 */
export async function login(
  deps: AuthDeps,
  body: z.output<typeof loginBody>,
  origin: Origin,
  deviceToken: string | undefined,
): Promise<SignedIn | Challenged> {
  const { db, hasher, now } = deps;
  const { identifier, password, delivery, rememberDevice: isRemembered } = body;
  const counted = await countLogin(deps, { identifier, ip: origin.ip, deviceToken });
  const found = await findUserByIdentifier(db, identifier);
  const passwordHash = found?.passwordHash ?? null;
  const isRight = await hasher.verify(passwordHash, password);
  if (found === null || passwordHash === null || !isRight || !found.isActive) {
    throw new Problem('INVALID_CREDENTIALS');
  }
  const renewed = hasher.isOutdated(passwordHash) ? await hasher.hash(password) : null;
  return db.transaction(async (tx) => {
    const user = await lockUser(tx, found.id);
    // A reset or deactivation that came first wins over the password that was right a moment ago.
    if (user === null || user.passwordHash !== passwordHash || !user.isActive || user.deletedAt !== null) {
      throw new Problem('INVALID_CREDENTIALS');
    }
    if (renewed !== null) await savePassword(tx, user.id, renewed, now());
    const proven = { user: { ...user, passwordHash: renewed ?? passwordHash }, amr: ['pwd'] as const };
    const result = await completeFirstFactor(tx, deps, proven, {
      origin,
      isRemembered,
      delivery,
      deviceToken,
    });
    await counted.succeed(tx);
    return result;
  });
}
