import type { SecondFactorMethod, secondFactorBody } from '@spacedly/contracts';
import { type Db, Problem, sha256 } from '@spacedly/kit';
import type { z } from 'zod';
import { findUser, lockUser, type UserRow } from '../accounts/store.ts';
import { limitCodesByNetwork, redeemCode } from '../codes/service.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { recordEvent } from '../events-log/store.ts';
import type { Amr } from '../sessions/service-open.ts';
import { methodsFor } from '../two-factor/rules.ts';
import { findFactors } from '../two-factor/store.ts';
import { tryFactor } from '../two-factor/verify.ts';
import { amrAfter, CHALLENGE_TRIES } from './rules.ts';
import { openSignIn, type SignedIn, sendSecondFactorCode } from './service.ts';
import { type ChallengeRow, findChallengeOwner, lockChallenge, updateChallenge } from './store.ts';

interface Open {
  challenge: ChallengeRow;
  user: UserRow;
}

/**
 * A challenge that can still be answered, and whose it is, both locked.
 * @throws Problem CHALLENGE_EXPIRED, METHOD_NOT_AVAILABLE
 */
async function openChallenge(
  tx: Db,
  deps: AuthDeps,
  token: string,
  method: SecondFactorMethod,
): Promise<Open> {
  const tokenHash = sha256(token);
  const userId = await findChallengeOwner(tx, tokenHash);
  // The person before the challenge, in the same order as whatever ends all challenges of a person.
  const user = userId === null ? null : await lockUser(tx, userId);
  const challenge = await lockChallenge(tx, tokenHash, deps.now(), CHALLENGE_TRIES);
  if (challenge === null || user === null || !user.isActive || user.deletedAt !== null) {
    throw new Problem('CHALLENGE_EXPIRED');
  }
  const methods = methodsFor(await findFactors(tx, user.id), user, challenge.provenChannel);
  if (!methods.includes(method)) throw new Problem('METHOD_NOT_AVAILABLE');
  return { challenge, user };
}

/**
 * Sends the code of a second factor by message.
 * @throws Problem CHALLENGE_EXPIRED, METHOD_NOT_AVAILABLE, CODE_RECENTLY_SENT, TOO_MANY_CODES
 */
export async function sendForChallenge(
  deps: AuthDeps,
  { challenge, method }: { challenge: string; method: 'email' | 'sms' },
  origin: Origin,
) {
  await limitCodesByNetwork(deps, origin.ip);
  return deps.db.transaction(async (tx) => {
    const { user } = await openChallenge(tx, deps, challenge, method);
    return sendSecondFactorCode(tx, deps, user, method);
  });
}

type Answer = z.output<typeof secondFactorBody>;

/** What is wrong with an answer; null when it is right. */
async function judge(
  tx: Db,
  deps: AuthDeps,
  user: UserRow,
  answer: Answer & { rightPassword: string | null },
  origin: Origin,
): Promise<Problem | null> {
  const { method, code } = answer;
  if (method === 'totp' || method === 'recovery') {
    return tryFactor(tx, deps, { userId: user.id, method, code, origin });
  }
  if (method === 'password') {
    // Compared with the hash that was checked, in case the password changed meanwhile.
    return answer.rightPassword !== null && answer.rightPassword === user.passwordHash
      ? null
      : new Problem('INVALID_CODE', { errors: [{ path: 'body.code', message: 'This is not the password' }] });
  }
  const address = (method === 'email' ? user.email : user.phone) as string;
  const key = { target: address.toLowerCase(), purpose: 'TWO_FACTOR' } as const;
  const belongs = (payload: unknown) => (payload as { userId?: string } | null)?.userId === user.id;
  const redeemed = await redeemCode(tx, deps, key, code, belongs);
  return 'problem' in redeemed ? redeemed.problem : null;
}

/** Checks a password before the transaction begins; the hash it fits, or null. */
async function checkPassword(deps: AuthDeps, { challenge, code }: Answer): Promise<string | null> {
  const userId = await findChallengeOwner(deps.db, sha256(challenge));
  const user = userId === null ? null : await findUser(deps.db, userId);
  const passwordHash = user?.passwordHash ?? null;
  return (await deps.hasher.verify(passwordHash, code)) ? passwordHash : null;
}

/**
 * Finishes a sign-in with the second factor. Five tries, also in parallel, and one success.
 * @throws Problem CHALLENGE_EXPIRED, METHOD_NOT_AVAILABLE, INVALID_CODE, CODE_EXPIRED, TOO_MANY_ATTEMPTS, SIGN_IN_BUSY
 */
export async function completeSecondFactor(
  deps: AuthDeps,
  body: Answer,
  origin: Origin,
  deviceToken: string | undefined,
): Promise<SignedIn> {
  const { db, now } = deps;
  const rightPassword = body.method === 'password' ? await checkPassword(deps, body) : null;
  const result = await db.transaction(async (tx) => {
    const { challenge, user } = await openChallenge(tx, deps, body.challenge, body.method);
    const { tokenHash, isRemembered } = challenge;
    const tries = challenge.tries + 1;
    const problem = await judge(tx, deps, user, { ...body, rightPassword }, origin);
    await updateChallenge(tx, tokenHash, { tries, ...(problem === null && { usedAt: now() }) });
    if (problem !== null) {
      const type = tries === CHALLENGE_TRIES ? 'second_factor_locked' : 'second_factor_failed';
      await recordEvent(tx, { userId: user.id, type, origin, now: now(), details: { method: body.method } });
      return problem;
    }
    const amr = amrAfter(challenge.amr as Amr[], body.method);
    const context = { origin, isRemembered, delivery: body.delivery, deviceToken };
    return openSignIn(tx, deps, { user, amr }, context, { shouldTrust: body.trustDevice });
  });
  if (result instanceof Problem) throw result;
  return result;
}
