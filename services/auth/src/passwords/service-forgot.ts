import type { forgotPasswordBody, verifyPasswordCodeBody } from '@spacedly/contracts';
import { type Db, Problem } from '@spacedly/kit';
import type { z } from 'zod';
import { lockUser, type UserRow } from '../accounts/store.ts';
import { recipientOf, sendCode } from '../codes/send.ts';
import { limitCodesByNetwork, redeemCode } from '../codes/service.ts';
import { burnCode, lockCode } from '../codes/store.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { deleteDevices } from '../devices/store.ts';
import { recordEvent } from '../events-log/store.ts';
import { linkUrl, RESET_TOKEN_LIFE_MS } from '../links/rules.ts';
import { createLink, peekLink, useLink } from '../links/service.ts';
import { endLinksOf } from '../links/store.ts';
import { deniedUntil } from '../sessions/service-end.ts';
import { endSessions } from '../sessions/store.ts';
import { denySessions } from '../sessions/store-denied.ts';
import { findReachable, isReachableAt } from '../signin/reachable.ts';
import { deleteChallengesOf } from '../signin/store.ts';
import { removeTokens } from '../tokens/store.ts';
import { assertGoodPassword } from './policy.ts';
import { savePassword } from './store.ts';
import { tellPasswordChange } from './tell.ts';

/** What a reset token stands for: it dies when the address it was sent to is no longer the account's. */
interface ResetPayload {
  address: string;
}

/**
 * Sends a link and a code that set a new password. An address without an account gets none, after the same work and
 * with the same answer.
 * @throws Problem CODE_RECENTLY_SENT, TOO_MANY_CODES
 */
export async function forgotPassword(
  deps: AuthDeps,
  body: z.output<typeof forgotPasswordBody>,
  origin: Origin,
) {
  const { db, config } = deps;
  const recipient = recipientOf(body);
  const { channel, address } = recipient;
  await limitCodesByNetwork(deps, origin.ip);
  return db.transaction(async (tx) => {
    const purpose = 'PASSWORD_RESET';
    // The code before the link and the person, in the same order as whatever uses them.
    await lockCode(tx, { target: address.toLowerCase(), purpose });
    const user = await findReachable(tx, address);
    const userId = user?.id ?? null;
    const payload: ResetPayload | null = user === null ? null : { address };
    const { token } = await createLink(tx, deps, { purpose, userId, address, payload });
    const link = linkUrl(config, purpose, token);
    const { expiresAt } = await sendCode(tx, deps, {
      ...recipient,
      purpose,
      payload: { userId },
      reader: user,
      link,
    });
    return { channel, expiresAt };
  });
}

/**
 * Exchanges the right code for a token that sets a new password.
 * @throws Problem INVALID_CODE, CODE_EXPIRED, TOO_MANY_ATTEMPTS
 */
export async function verifyResetCode(deps: AuthDeps, body: z.output<typeof verifyPasswordCodeBody>) {
  const { address } = recipientOf(body);
  const key = { target: address.toLowerCase(), purpose: 'PASSWORD_RESET' } as const;
  const result = await deps.db.transaction(async (tx) => {
    const redeemed = await redeemCode(tx, deps, key, body.code);
    if ('problem' in redeemed) return redeemed.problem;
    const { userId } = redeemed.payload as { userId: string };
    const payload: ResetPayload = { address };
    const lifeMs = RESET_TOKEN_LIFE_MS;
    return createLink(tx, deps, { purpose: 'PASSWORD_RESET', userId, address, payload, lifeMs });
  });
  if (result instanceof Problem) throw result;
  return result;
}

/** Everything that could still let somebody in who knew the old password dies with the commit. */
export async function shutOut(tx: Db, { now }: AuthDeps, userId: string): Promise<void> {
  await endSessions(tx, { userId }, now(), deniedUntil(now()));
  const tokens = await removeTokens(tx, { userId });
  await denySessions(
    tx,
    tokens.map(({ id }) => id),
    deniedUntil(now()),
  );
  await deleteDevices(tx, userId, null);
  await deleteChallengesOf(tx, userId);
  await endLinksOf(tx, userId, 'PASSWORD_RESET', now());
}

/** Whose password a token may set. @throws Problem LINK_EXPIRED */
async function ownerOf(
  tx: Db,
  { userId, payload }: { userId: string | null; payload: unknown },
): Promise<UserRow> {
  const user = userId === null ? null : await lockUser(tx, userId);
  if (user === null || !isReachableAt(user, (payload as ResetPayload).address))
    throw new Problem('LINK_EXPIRED');
  return user;
}

/**
 * Sets a new password with a token from a link or a code. A password that is refused leaves the token good.
 * @throws Problem LINK_EXPIRED, WEAK_PASSWORD, SIGN_IN_BUSY
 */
export async function resetPassword(
  deps: AuthDeps,
  { token, newPassword }: { token: string; newPassword: string },
  origin: Origin,
): Promise<void> {
  const { db, hasher, now } = deps;
  const link = await peekLink(db, deps, 'PASSWORD_RESET', token);
  const owner = await db.transaction((tx) => ownerOf(tx, link));
  await assertGoodPassword(newPassword, [owner.email, owner.phone, owner.name], 'newPassword');
  const passwordHash = await hasher.hash(newPassword);
  await db.transaction(async (tx) => {
    await lockCode(tx, { target: link.target, purpose: 'PASSWORD_RESET' });
    const user = await ownerOf(tx, link);
    await useLink(tx, deps, 'PASSWORD_RESET', token);
    await savePassword(tx, user.id, passwordHash, now());
    await shutOut(tx, deps, user.id);
    await burnCode(tx, { target: link.target, purpose: 'PASSWORD_RESET' });
    await recordEvent(tx, { userId: user.id, type: 'password_reset', origin, now: now() });
    await tellPasswordChange(tx, deps, { userId: user.id, how: 'reset', origin });
  });
}
