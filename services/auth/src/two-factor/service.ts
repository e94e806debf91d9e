import { type Db, Problem } from '@spacedly/kit';
import { renderSVG } from 'uqr';
import { findUser, lockUser } from '../accounts/store.ts';
import { confirmOwner, type Proof } from '../confirm.ts';
import { reauthenticate } from '../deletion/reauthenticate.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { recordEvent } from '../events-log/store.ts';
import { consume, giveBack } from '../limits/counters.ts';
import {
  acceptTotp,
  messageMethods,
  newRecoveryCode,
  newTotpSecret,
  otpauthUrl,
  RECOVERY_CODE_COUNT,
} from './rules.ts';
import { findFactors, lockFactors, replaceRecoveryCodes, saveFactors } from './store.ts';
import { tellFactorChange } from './tell.ts';
import { recoveryHmac, tryFactor } from './verify.ts';

export interface Owner {
  userId: string;
  sessionId: string;
  origin: Origin;
}

const CONFIRM_TRIES = { max: 10, windowMs: 3_600_000 };

/**
 * Makes a secret for an authenticator app, in place of one that was never confirmed.
 * @throws Problem TOTP_ALREADY_ON and what `confirmOwner` throws
 */
export async function setupTotp(deps: AuthDeps, owner: Owner, proof: Proof) {
  const { db, secrets } = deps;
  if ((await findFactors(db, owner.userId)).hasTotp) throw new Problem('TOTP_ALREADY_ON');
  const user = await confirmOwner(deps, owner, proof);
  const secret = newTotpSecret();
  await db.transaction(async (tx) => {
    await lockUser(tx, user.id);
    if ((await findFactors(tx, user.id)).hasTotp) throw new Problem('TOTP_ALREADY_ON');
    await saveFactors(tx, user.id, { sealedTotpSecret: secrets.seal(secret) });
  });
  const url = otpauthUrl(secret, user.email ?? user.phone ?? user.name);
  return { secret, otpauthUrl: url, qrSvg: renderSVG(url, { border: 2 }) };
}

/** Ten new recovery codes in place of the old ones; only their HMACs are kept. */
async function createRecoveryCodes(tx: Db, deps: AuthDeps, { userId, origin }: Owner): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODE_COUNT }, newRecoveryCode);
  await replaceRecoveryCodes(
    tx,
    userId,
    codes.map((code) => recoveryHmac(deps, userId, code)),
  );
  await recordEvent(tx, { userId, type: 'recovery_codes_created', origin, now: deps.now() });
  return codes;
}

/**
 * Turns the authenticator app on with a code of it, which is then used.
 * @returns the recovery codes, shown this once
 * @throws Problem TOTP_ALREADY_ON, TOTP_NOT_FOUND, INVALID_CODE, TOO_MANY_ATTEMPTS
 */
export async function confirmTotp(deps: AuthDeps, owner: Owner, code: string): Promise<string[]> {
  const { db, secrets, now } = deps;
  const { userId, origin } = owner;
  const key = `totp-confirm:${userId}`;
  const { isAllowed, retryAfterSeconds } = await consume(db, key, CONFIRM_TRIES, now());
  if (!isAllowed) throw new Problem('TOO_MANY_ATTEMPTS', { retryAfterSeconds });
  return db.transaction(async (tx) => {
    const row = await lockFactors(tx, userId);
    if (row === null || row.sealedTotpSecret === null) throw new Problem('TOTP_NOT_FOUND');
    if (row.totpConfirmedAt !== null) throw new Problem('TOTP_ALREADY_ON');
    const step = acceptTotp(secrets.open(row.sealedTotpSecret), code, 0, now());
    if (step === null) {
      const errors = [{ path: 'body.code', message: 'This is not the code the app shows now' }];
      throw new Problem('INVALID_CODE', { errors });
    }
    await giveBack(tx, key);
    await saveFactors(tx, userId, { totpConfirmedAt: now(), lastTotpStep: step });
    await recordEvent(tx, { userId, type: 'totp_enabled', origin, now: now() });
    await tellFactorChange(tx, deps, { userId, change: 'totp_on', origin });
    return createRecoveryCodes(tx, deps, owner);
  });
}

/** A code of the app, or a recovery code where it does not look like one. */
async function tryOwnCode(tx: Db, deps: AuthDeps, { userId, origin }: Owner, code: string) {
  const method = /^\d{6}$/.test(code) ? 'totp' : 'recovery';
  return tryFactor(tx, deps, { userId, method, code, origin });
}

/**
 * Turns the authenticator app off, with the password or a code of the app.
 * @throws Problem TOTP_NOT_FOUND, INVALID_CODE, WRONG_CREDENTIAL, TOO_MANY_ATTEMPTS, SIGN_IN_BUSY
 */
export async function removeTotp(deps: AuthDeps, owner: Owner, { password, code }: Proof): Promise<void> {
  const { db, now } = deps;
  const { userId, origin } = owner;
  const user = await findUser(db, userId);
  if (user === null) throw new Problem('UNAUTHENTICATED');
  if (!(await findFactors(db, userId)).hasTotp) throw new Problem('TOTP_NOT_FOUND');
  if (password !== undefined) await reauthenticate(deps, user, { password });
  const problem = await db.transaction(async (tx) => {
    const refusal = code === undefined ? null : await tryOwnCode(tx, deps, owner, code);
    if (refusal !== null) return refusal;
    const row = await lockFactors(tx, userId);
    if (row?.totpConfirmedAt == null) return new Problem('TOTP_NOT_FOUND');
    await saveFactors(tx, userId, { sealedTotpSecret: null, totpConfirmedAt: null });
    await replaceRecoveryCodes(tx, userId, []);
    await recordEvent(tx, { userId, type: 'totp_disabled', origin, now: now() });
    await tellFactorChange(tx, deps, { userId, change: 'totp_off', origin });
    return null;
  });
  if (problem !== null) throw problem;
}

/**
 * Asks for a code by message after the first factor, or stops doing so.
 * @throws Problem NO_VERIFIED_ADDRESS and what `confirmOwner` throws
 */
export async function setEmailFactor(
  deps: AuthDeps,
  owner: Owner,
  { enabled, ...proof }: Proof & { enabled: boolean },
): Promise<void> {
  const { db, now } = deps;
  const { userId, origin } = owner;
  const user = await confirmOwner(deps, owner, proof);
  if (enabled && messageMethods(user).length === 0) throw new Problem('NO_VERIFIED_ADDRESS');
  await db.transaction(async (tx) => {
    await lockUser(tx, userId);
    if ((await findFactors(tx, userId)).isEmailOn === enabled) return;
    await saveFactors(tx, userId, { isEmailOn: enabled });
    const type = enabled ? 'email_factor_enabled' : 'email_factor_disabled';
    await recordEvent(tx, { userId, type, origin, now: now() });
    await tellFactorChange(tx, deps, { userId, change: enabled ? 'email_on' : 'email_off', origin });
  });
}

/**
 * Ten new recovery codes; the old ones are dead.
 * @throws Problem TOTP_NOT_FOUND and what `confirmOwner` throws
 */
export async function renewRecoveryCodes(deps: AuthDeps, owner: Owner, proof: Proof): Promise<string[]> {
  const { db } = deps;
  const { userId, origin } = owner;
  if (!(await findFactors(db, userId)).hasTotp) throw new Problem('TOTP_NOT_FOUND');
  await confirmOwner(deps, owner, proof);
  return db.transaction(async (tx) => {
    const row = await lockFactors(tx, userId);
    if (row?.totpConfirmedAt == null) throw new Problem('TOTP_NOT_FOUND');
    await tellFactorChange(tx, deps, { userId, change: 'recovery_codes_renewed', origin });
    return createRecoveryCodes(tx, deps, owner);
  });
}
