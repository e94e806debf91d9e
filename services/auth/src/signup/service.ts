import type { signupBody, verifySignupBody } from '@spacedly/contracts';
import { newId, Problem } from '@spacedly/kit';
import type { z } from 'zod';
import { insertUser, isAddressTaken, type UserRow } from '../accounts/store.ts';
import { issueCode, redeemCode } from '../codes/service.ts';
import type { CodeKey } from '../codes/store.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { consume, networkOf } from '../limits/counters.ts';
import { assertGoodPassword } from '../passwords/policy.ts';
import { type NewSession, openSession } from '../sessions/service-open.ts';

const HOUR_MS = 3_600_000;

type Address = { email?: string | undefined; phone?: string | undefined };

function targetOf({ email, phone }: Address) {
  const channel = email === undefined ? ('SMS' as const) : ('EMAIL' as const);
  const address = (email ?? phone) as string;
  const key: CodeKey = { target: address.toLowerCase(), purpose: 'SIGNUP' };
  return { channel, address, key };
}

interface PendingAccount {
  name: string;
  address: string;
  passwordHash: string | null;
}

async function limitByNetwork({ db, config, now }: AuthDeps, ip: string): Promise<void> {
  const limit = { max: config.CODES_PER_IP_HOUR, windowMs: HOUR_MS };
  const { isAllowed, retryAfterSeconds } = await consume(db, `codes:${networkOf(ip)}`, limit, now());
  if (!isAllowed) throw new Problem('TOO_MANY_CODES', { retryAfterSeconds });
}

/**
 * Sends a sign-up code. A known address gets a note instead and the same answer after the same work, so that
 * nobody can find out who has an account.
 * @throws Problem WEAK_PASSWORD, CODE_RECENTLY_SENT, TOO_MANY_CODES, SIGN_IN_BUSY
 */
export async function signUp(
  deps: AuthDeps,
  body: z.output<typeof signupBody>,
  origin: Origin,
): Promise<{ channel: 'EMAIL' | 'SMS'; expiresAt: Date }> {
  const { db, outbox, secrets, hasher } = deps;
  const { channel, address, key } = targetOf(body);
  if (body.password !== undefined) await assertGoodPassword(body.password, [address, body.name]);
  await limitByNetwork(deps, origin.ip);
  const passwordHash = body.password === undefined ? null : await hasher.hash(body.password);
  return db.transaction(async (tx) => {
    const isTaken = await isAddressTaken(tx, key.target);
    const pending: PendingAccount = { name: body.name, address, passwordHash };
    const { code, expiresAt } = await issueCode(tx, deps, key, isTaken ? null : pending);
    if (isTaken) {
      await outbox.publish(tx, 'signup.address_taken', { channel, to: address });
    } else {
      await outbox.publish(tx, 'code.issued', {
        channel,
        to: address,
        name: body.name,
        purpose: 'SIGNUP',
        sealedCode: secrets.seal(code),
        expiresAt: expiresAt.toISOString(),
      });
    }
    return { channel, expiresAt };
  });
}

function newUser(pending: PendingAccount, channel: 'EMAIL' | 'SMS', now: Date) {
  const { name, address, passwordHash } = pending;
  const base = { id: newId(), name, passwordHash, lastLoginAt: now };
  if (channel === 'EMAIL') return { ...base, email: address, emailVerifiedAt: now };
  return { ...base, phone: address, phoneVerifiedAt: now };
}

/**
 * Creates the account a code was sent for and signs it in.
 * @throws Problem INVALID_CODE, CODE_EXPIRED, TOO_MANY_ATTEMPTS
 */
export async function verifySignup(
  deps: AuthDeps,
  body: z.output<typeof verifySignupBody>,
  origin: Origin,
): Promise<{ user: UserRow; session: NewSession }> {
  const { db, outbox, now } = deps;
  const { channel, key } = targetOf(body);
  const result = await db.transaction(async (tx) => {
    const redeemed = await redeemCode(tx, deps, key, body.code);
    if ('problem' in redeemed) return redeemed;
    const user = await insertUser(tx, newUser(redeemed.payload as PendingAccount, channel, now()), now());
    const session = await openSession(tx, deps, {
      userId: user.id,
      origin,
      isRemembered: false,
      amr: ['otp'],
    });
    await outbox.publish(tx, 'user.registered', { userId: user.id, name: user.name });
    return { user, session };
  });
  if ('problem' in result) throw result.problem;
  return result;
}
