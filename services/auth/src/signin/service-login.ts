import type { loginBody } from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';
import type { z } from 'zod';
import { lockUser } from '../accounts/store.ts';
import type { AuthDeps } from '../deps.ts';
import { savePassword } from '../passwords/store.ts';
import { type CountedAttempt, createCountLogin } from './limit-login.ts';
import {
  type Challenged,
  completeFirstFactor,
  planOpening,
  type SignedIn,
  type SignInContext,
} from './service.ts';
import type { Account } from './store-count.ts';
import { createOpenByPassword } from './store-open.ts';

const AMR = ['pwd'] as const;

/** A password that was right for an account that may be entered, and the hash it fitted. */
interface Right extends CountedAttempt {
  account: Account;
  passwordHash: string;
  /** Where it was of another system: one of ours. */
  renewed: string | null;
}

/** Nothing more is asked for, nobody is told and the device gets no token: one statement does it all. */
function isPlain({ account, renewed }: Right, { delivery, isRemembered }: SignInContext): boolean {
  const { deviceId, isSeen, hasSecondFactor } = account;
  const isNewDevice = deviceId === null && (delivery === 'cookie' || isRemembered);
  return renewed === null && !hasSecondFactor && !isNewDevice && (deviceId !== null || isSeen);
}

/** The same in steps, each of which looks again under the lock of the person's row. */
function openInSteps(deps: AuthDeps, right: Right, context: SignInContext): Promise<SignedIn | Challenged> {
  const { db, now } = deps;
  const { account, passwordHash, renewed, succeed } = right;
  return db.transaction(async (tx) => {
    const user = await lockUser(tx, account.user.id);
    // A reset or deactivation that came first wins over the password that was right a moment ago.
    if (user === null || user.passwordHash !== passwordHash || !user.isActive || user.deletedAt !== null) {
      throw new Problem('INVALID_CREDENTIALS');
    }
    if (renewed !== null) await savePassword(tx, user.id, renewed, now());
    const proven = { user: { ...user, passwordHash: renewed ?? passwordHash }, amr: AMR };
    const result = await completeFirstFactor(tx, deps, proven, context);
    await succeed(tx);
    return result;
  });
}

/**
 * Signs in with a password. Unknown account, wrong password and deactivated account look alike and take the same
 * time. A hash of another system is replaced by one of ours.
 * @returns a function that throws Problem INVALID_CREDENTIALS, TOO_MANY_ATTEMPTS, SIGN_IN_BUSY
 */
export function createLogin(deps: AuthDeps) {
  const { db, hasher, now } = deps;
  const countLogin = createCountLogin(deps);
  const openByPassword = createOpenByPassword(db);

  /** @returns null when something was not as it was before the hash, and nothing was written */
  async function openAtOnce(right: Right, { origin, isRemembered }: SignInContext): Promise<SignedIn | null> {
    const { account, passwordHash, keys } = right;
    const { user, deviceId } = account;
    const signIn = { userId: user.id, origin, isRemembered, amr: AMR };
    const { opening, session } = planOpening(signIn, 'signed_in', now());
    const role = await openByPassword({ ...opening, passwordHash, deviceId, ...keys });
    if (role === null) return null;
    return {
      user: { ...user, role, lastLoginAt: opening.at },
      session: { ...session, role },
      deviceToken: null,
    };
  }

  return async (
    { identifier, password }: Pick<z.output<typeof loginBody>, 'identifier' | 'password'>,
    context: SignInContext,
  ): Promise<SignedIn | Challenged> => {
    const { origin, deviceToken } = context;
    const counted = await countLogin({ identifier, origin, deviceToken });
    const { account } = counted;
    const passwordHash = account?.user.passwordHash ?? null;
    const isRight = await hasher.verify(passwordHash, password);
    if (account === null || passwordHash === null || !isRight || !account.user.isActive) {
      throw new Problem('INVALID_CREDENTIALS');
    }
    const renewed = hasher.isOutdated(passwordHash) ? await hasher.hash(password) : null;
    const right = { ...counted, account, passwordHash, renewed };
    const opened = isPlain(right, context) ? await openAtOnce(right, context) : null;
    return opened ?? openInSteps(deps, right, context);
  };
}
