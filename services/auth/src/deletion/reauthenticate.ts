import { Problem } from '@spacedly/kit';
import type { UserRow } from '../accounts/store.ts';
import { redeemCode } from '../codes/service.ts';
import type { AuthDeps } from '../deps.ts';
import { consume, forget } from '../limits/counters.ts';

const GUESSES = { max: 5, windowMs: 15 * 60_000 };

/** Whoever found an open browser must not be able to try passwords without end. */
async function checkPassword({ db, hasher, now }: AuthDeps, user: UserRow, password: string): Promise<void> {
  const key = `reauthenticate:${user.id}`;
  const { isAllowed, retryAfterSeconds } = await consume(db, key, GUESSES, now());
  if (!isAllowed) throw new Problem('TOO_MANY_ATTEMPTS', { retryAfterSeconds });
  if (!(await hasher.verify(user.passwordHash, password))) {
    const errors = [{ path: 'body.password', message: 'This is not your password' }];
    throw new Problem('WRONG_CREDENTIAL', { errors });
  }
  await forget(db, key);
}

/** A sign-in code, sent to either address of the account. */
async function checkCode(deps: AuthDeps, user: UserRow, code: string): Promise<void> {
  let problem = new Problem('CODE_EXPIRED');
  for (const address of [user.email?.toLowerCase(), user.phone]) {
    if (address == null) continue;
    const key = { target: address, purpose: 'SIGNIN' } as const;
    const redeemed = await deps.db.transaction((tx) => redeemCode(tx, deps, key, code));
    if (!('problem' in redeemed)) return;
    // A wrong guess says more than that the other address was sent no code.
    if (problem.code === 'CODE_EXPIRED') problem = redeemed.problem;
  }
  throw problem;
}

/**
 * Makes sure that a signed-in person is who they are before something that cannot be undone.
 * @throws Problem WRONG_CREDENTIAL, INVALID_CODE, CODE_EXPIRED, TOO_MANY_ATTEMPTS, SIGN_IN_BUSY
 */
export async function reauthenticate(
  deps: AuthDeps,
  user: UserRow,
  { password, code }: { password?: string | undefined; code?: string | undefined },
): Promise<void> {
  if (password !== undefined) await checkPassword(deps, user, password);
  else await checkCode(deps, user, code as string);
}
