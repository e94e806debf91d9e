import type { requestOtpBody, verifyOtpBody } from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';
import type { z } from 'zod';
import { lockUser } from '../accounts/store.ts';
import { recipientOf, sendCode } from '../codes/send.ts';
import { limitCodesByNetwork, redeemCode } from '../codes/service.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { findReachable, isReachableAt } from './reachable.ts';
import { type Challenged, completeFirstFactor, type SignedIn } from './service.ts';

/**
 * Sends a sign-in code. An address without an account that may sign in gets none, after the same work and with the
 * same answer.
 * @throws Problem CODE_RECENTLY_SENT, TOO_MANY_CODES
 */
export async function requestOtp(deps: AuthDeps, body: z.output<typeof requestOtpBody>, origin: Origin) {
  const recipient = recipientOf(body);
  await limitCodesByNetwork(deps, origin.ip);
  return deps.db.transaction(async (tx) => {
    const user = await findReachable(tx, recipient.address);
    const payload = { userId: user?.id ?? null };
    const { expiresAt } = await sendCode(tx, deps, {
      ...recipient,
      purpose: 'SIGNIN',
      payload,
      reader: user,
    });
    return { channel: recipient.channel, expiresAt };
  });
}

/**
 * Signs in with a code. It is the first factor only: where a second is set up, it is asked for.
 * @throws Problem INVALID_CODE, CODE_EXPIRED, TOO_MANY_ATTEMPTS
 */
export async function verifyOtp(
  deps: AuthDeps,
  body: z.output<typeof verifyOtpBody>,
  origin: Origin,
  deviceToken: string | undefined,
): Promise<SignedIn | Challenged> {
  const { channel, address } = recipientOf(body);
  const isEmail = channel === 'EMAIL';
  const key = { target: address.toLowerCase(), purpose: 'SIGNIN' } as const;
  const result = await deps.db.transaction(async (tx) => {
    const redeemed = await redeemCode(tx, deps, key, body.code);
    if ('problem' in redeemed) return redeemed.problem;
    const user = await lockUser(tx, (redeemed.payload as { userId: string }).userId);
    if (user === null || !isReachableAt(user, address)) return new Problem('CODE_EXPIRED');
    const context = { origin, isRemembered: body.rememberDevice, delivery: body.delivery, deviceToken };
    const amr = isEmail ? (['otp'] as const) : (['otp', 'sms'] as const);
    const provenChannel = isEmail ? ('email' as const) : ('sms' as const);
    return completeFirstFactor(tx, deps, { user, amr, provenChannel }, context);
  });
  if (result instanceof Problem) throw result;
  return result;
}
