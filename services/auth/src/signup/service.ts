import type { signupBody, verifyEmailBody, verifySignupBody } from '@spacedly/contracts';
import { type Db, isUniqueViolation, newId, Problem } from '@spacedly/kit';
import type { z } from 'zod';
import type { Reader } from '../accounts/rules.ts';
import { insertUser, isAddressTaken } from '../accounts/store.ts';
import { type Recipient, recipientOf, sendCode } from '../codes/send.ts';
import { issueCode, limitCodesByNetwork, redeemCode } from '../codes/service.ts';
import { burnCode, type CodeKey, lockCode } from '../codes/store.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { linkUrl } from '../links/rules.ts';
import { createLink, peekLink, useLink } from '../links/service.ts';
import { endLinksTo, findLinkTo } from '../links/store.ts';
import { assertGoodPassword } from '../passwords/policy.ts';
import { assertZoneKnown } from '../profile/zone.ts';
import { openSignIn, type SignedIn } from '../signin/service.ts';

const keyOf = (address: string): CodeKey => ({ target: address.toLowerCase(), purpose: 'SIGNUP' });

/** What was kept before it told of language and zone has neither. */
interface PendingAccount extends Partial<Reader> {
  name: string;
  address: string;
  passwordHash: string | null;
}

/** A note instead of a code, after the same work. */
async function sendNote(tx: Db, deps: AuthDeps, { channel, address }: Recipient, reader: Reader) {
  const { expiresAt } = await issueCode(tx, deps, keyOf(address), { payload: null, isDecoy: true });
  await deps.outbox.publish(tx, 'signup.address_taken', { channel, to: address, ...reader });
  return { expiresAt };
}

/**
 * The hash to keep for a sign-up. When another sign-up for the address still waits and its password is not the same,
 * one of the two is a stranger's, and whoever reads the mail cannot tell whose password the code would bring: the
 * account is then made without one. The same work is done where nothing waits.
 */
async function hashUncontested(deps: AuthDeps, target: string, password: string): Promise<string | null> {
  const { db, hasher, now } = deps;
  const waiting = await findLinkTo(db, target, 'EMAIL_VERIFICATION', now());
  const pending = waiting?.payload as PendingAccount | null | undefined;
  const isSame = await hasher.verify(pending?.passwordHash ?? null, password);
  const passwordHash = await hasher.hash(password);
  return pending == null || isSame ? passwordHash : null;
}

/**
 * Sends a sign-up code and, in a mail, a link. A known address gets a note instead and the same answer after the same
 * work, so that nobody can find out who has an account.
 * @param fallback how to speak to somebody who does not tell
 * @throws Problem VALIDATION_FAILED, WEAK_PASSWORD, CODE_RECENTLY_SENT, TOO_MANY_CODES, SIGN_IN_BUSY
 */
export async function signUp(
  deps: AuthDeps,
  body: z.output<typeof signupBody>,
  origin: Origin,
  fallback: Reader,
): Promise<{ channel: 'EMAIL' | 'SMS'; expiresAt: Date }> {
  const { db, config } = deps;
  const recipient = recipientOf(body);
  const { channel, address } = recipient;
  const { name } = body;
  const reader = { locale: body.locale ?? fallback.locale, timeZone: body.timeZone ?? fallback.timeZone };
  if (body.timeZone !== undefined) await assertZoneKnown(db, body.timeZone);
  if (body.password !== undefined) await assertGoodPassword(body.password, [address, name]);
  await limitCodesByNetwork(deps, origin.ip);
  const passwordHash =
    body.password === undefined ? null : await hashUncontested(deps, address.toLowerCase(), body.password);
  return db.transaction(async (tx) => {
    // The code before the link, in the same order as whatever uses them.
    await lockCode(tx, keyOf(address));
    const isTaken = await isAddressTaken(tx, address.toLowerCase());
    const payload: PendingAccount = { name, address, passwordHash, ...reader };
    const purpose = 'EMAIL_VERIFICATION';
    const pending = isTaken ? null : payload;
    const { token } = await createLink(tx, deps, { purpose, userId: null, address, payload: pending });
    const link = linkUrl(config, purpose, token);
    const { expiresAt } = isTaken
      ? await sendNote(tx, deps, recipient, reader)
      : await sendCode(tx, deps, {
          ...recipient,
          purpose: 'SIGNUP',
          payload,
          reader: { name, ...reader },
          link,
        });
    return { channel, expiresAt };
  });
}

function newUser({ name, address, passwordHash, locale, timeZone }: PendingAccount, now: Date) {
  const base = { id: newId(), name, passwordHash, locale, timeZone, lastLoginAt: now };
  if (address.includes('@')) return { ...base, email: address, emailVerifiedAt: now };
  return { ...base, phone: address, phoneVerifiedAt: now };
}

interface Arrival {
  origin: Origin;
  delivery: 'json' | 'cookie';
  deviceToken: string | undefined;
}

/** Makes the account and signs it in; null when the address was taken in the meantime. */
async function createAccount(tx: Db, deps: AuthDeps, pending: PendingAccount, arrival: Arrival) {
  const { outbox, now } = deps;
  const key = keyOf(pending.address);
  if (await isAddressTaken(tx, key.target)) return null;
  // The code and the link of one mail are one chance: whichever comes first takes the other with it.
  await burnCode(tx, key);
  await endLinksTo(tx, key.target, 'EMAIL_VERIFICATION', now());
  const user = await insertUser(tx, newUser(pending, now()), now());
  await outbox.publish(tx, 'user.registered', { userId: user.id, name: user.name });
  const context = { ...arrival, isRemembered: false };
  return openSignIn(tx, deps, { user, amr: ['otp'] }, context, { isNewAccount: true });
}

const isAddressRace = (error: unknown) =>
  isUniqueViolation(error, 'users_email_key') || isUniqueViolation(error, 'users_phone_key');

/**
 * Creates the account a code was sent for and signs it in.
 * @throws Problem INVALID_CODE, CODE_EXPIRED, TOO_MANY_ATTEMPTS
 */
export async function verifySignup(
  deps: AuthDeps,
  body: z.output<typeof verifySignupBody>,
  origin: Origin,
  deviceToken: string | undefined,
): Promise<SignedIn> {
  const key = keyOf(recipientOf(body).address);
  const arrival = { origin, delivery: body.delivery, deviceToken };
  const result = await deps.db
    .transaction(async (tx) => {
      const redeemed = await redeemCode(tx, deps, key, body.code);
      if ('problem' in redeemed) return redeemed.problem;
      return createAccount(tx, deps, redeemed.payload as PendingAccount, arrival);
    })
    .catch((error) => {
      if (isAddressRace(error)) return null;
      throw error;
    });
  if (result instanceof Problem) throw result;
  if (result === null) throw new Problem('CODE_EXPIRED');
  return result;
}

/**
 * Creates the account a link was mailed for and signs it in.
 * @throws Problem LINK_EXPIRED
 */
export async function verifyEmail(
  deps: AuthDeps,
  { token, delivery }: z.output<typeof verifyEmailBody>,
  origin: Origin,
  deviceToken: string | undefined,
): Promise<SignedIn> {
  const { target } = await peekLink(deps.db, deps, 'EMAIL_VERIFICATION', token);
  const result = await deps.db
    .transaction(async (tx) => {
      // The code first, in the same order as a sign-up by code.
      await lockCode(tx, keyOf(target));
      const { payload } = await useLink(tx, deps, 'EMAIL_VERIFICATION', token);
      return createAccount(tx, deps, payload as PendingAccount, { origin, delivery, deviceToken });
    })
    .catch((error) => {
      if (isAddressRace(error)) return null;
      throw error;
    });
  if (result === null) throw new Problem('LINK_EXPIRED');
  return result;
}
