import type { loginBody } from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';
import type { z } from 'zod';
import { findUserByIdentifier, recordLogin, type UserRow } from '../accounts/store.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { consume, forget, giveBack, networkOf } from '../limits/counters.ts';
import { type NewSession, openSession } from './service-open.ts';

const WINDOW_MS = 15 * 60_000;
/** Wrong passwords for one account from one network. */
const PER_ACCOUNT_AND_NETWORK = { max: 5, windowMs: WINDOW_MS };
/** Wrong passwords from one network over all accounts: an office behind one address stays below it. */
const PER_NETWORK = { max: 100, windowMs: WINDOW_MS };

/**
 * Counts the attempt before the password is looked at, so that parallel guesses cannot slip past the limit.
 * A stranger elsewhere cannot lock the owner out: the narrow limit holds per account and network.
 */
async function countAttempt({ db, secrets, now }: AuthDeps, identifier: string, ip: string) {
  const network = networkOf(ip);
  const account = secrets.hmac(`login:${identifier.trim().toLowerCase()}`).slice(0, 32);
  const pairKey = `login:${account}:${network}`;
  const networkKey = `login:${network}`;
  for (const [key, limit] of [
    [pairKey, PER_ACCOUNT_AND_NETWORK],
    [networkKey, PER_NETWORK],
  ] as const) {
    const { isAllowed, retryAfterSeconds } = await consume(db, key, limit, now());
    if (!isAllowed) throw new Problem('TOO_MANY_ATTEMPTS', { retryAfterSeconds });
  }
  return {
    /** Successes do not count. */
    async succeed() {
      await forget(db, pairKey);
      await giveBack(db, networkKey);
    },
  };
}

/**
 * Signs in with a password. Unknown account, wrong password and deactivated account look alike and take the
 * same time.
 * @throws Problem INVALID_CREDENTIALS, TOO_MANY_ATTEMPTS, SIGN_IN_BUSY
 */
export async function login(
  deps: AuthDeps,
  body: z.output<typeof loginBody>,
  origin: Origin,
): Promise<{ user: UserRow; session: NewSession }> {
  const { db, hasher, now } = deps;
  const attempt = await countAttempt(deps, body.identifier, origin.ip);
  const user = await findUserByIdentifier(db, body.identifier);
  const isRight = await hasher.verify(user?.passwordHash ?? null, body.password);
  if (user === null || !isRight || !user.isActive) throw new Problem('INVALID_CREDENTIALS');
  await attempt.succeed();
  const session = await db.transaction(async (tx) => {
    await recordLogin(tx, user.id, now());
    return openSession(tx, deps, {
      userId: user.id,
      origin,
      isRemembered: body.rememberDevice,
      amr: ['pwd'],
    });
  });
  return { user: { ...user, lastLoginAt: now() }, session };
}
