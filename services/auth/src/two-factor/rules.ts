import { randomInt } from 'node:crypto';
import type { SecondFactorMethod } from '@spacedly/contracts';
import { generateSecret, generateURI, verifySync } from 'otplib';
import type { UserRow } from '../accounts/store.ts';

export const RECOVERY_CODE_COUNT = 10;
const PERIOD_SECONDS = 30;
/** One step to either side, for clocks that are a little off (RFC 6238, section 5.2). */
const TOLERANCE_SECONDS = 30;

/** 160 random bits in base32, as RFC 4226 section 4 asks for. */
export function newTotpSecret(): string {
  return generateSecret({ length: 20 });
}

export function otpauthUrl(secret: string, label: string): string {
  return generateURI({ issuer: 'Spacedly', label, secret });
}

/**
 * The time step a code belongs to, or null when it is wrong or not later than `lastStep`: a code is never taken twice
 * (RFC 6238, section 5.2).
 */
export function acceptTotp(secret: string, code: string, lastStep: number, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const epoch = Math.floor(now.getTime() / 1_000);
  const afterTimeStep = Math.min(lastStep, Math.floor(epoch / PERIOD_SECONDS) + 1);
  const result = verifySync({ secret, token: code, epoch, epochTolerance: TOLERANCE_SECONDS, afterTimeStep });
  return result.valid && 'timeStep' in result ? result.timeStep : null;
}

/** Without letters that look like digits. */
const ALPHABET = '23456789abcdefghjkmnpqrstvwxyz';

/** `xxxxx-xxxxx`, 49 random bits: too many to guess at ten tries an hour. */
export function newRecoveryCode(): string {
  const letters = Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

/** As people type it: in capitals, with spaces, without the dash. */
export function normaliseRecoveryCode(code: string): string {
  return code.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** What a person has set up. */
export interface Factors {
  hasTotp: boolean;
  isEmailOn: boolean;
  recoveryCodesLeft: number;
}

export const NO_FACTORS: Factors = { hasTotp: false, isEmailOn: false, recoveryCodesLeft: 0 };

type Reachable = Pick<UserRow, 'email' | 'emailVerifiedAt' | 'phone' | 'phoneVerifiedAt' | 'passwordHash'>;

/** Addresses a code may go to. */
export function messageMethods(user: Reachable): ('email' | 'sms')[] {
  return [
    ...(user.email !== null && user.emailVerifiedAt !== null ? ['email' as const] : []),
    ...(user.phone !== null && user.phoneVerifiedAt !== null ? ['sms' as const] : []),
  ];
}

/**
 * How the second factor can be given; empty where none is set up. A channel that already brought the first factor is
 * no second one: whoever reads the mailbox would pass both. There the password is asked for instead.
 */
export function methodsFor(
  factors: Factors,
  user: Reachable,
  provenChannel: 'email' | 'sms' | null,
): SecondFactorMethod[] {
  if (!factors.hasTotp && !factors.isEmailOn) return [];
  const methods: SecondFactorMethod[] = factors.hasTotp ? ['totp'] : [];
  const channels = factors.isEmailOn ? messageMethods(user) : [];
  methods.push(...channels.filter((channel) => channel !== provenChannel));
  if (methods.length === 0 && user.passwordHash !== null) methods.push('password');
  // Nothing but the proven channel is left: better the same again than nobody at all.
  if (methods.length === 0) methods.push(...channels);
  if (factors.recoveryCodesLeft > 0) methods.push('recovery');
  return methods;
}
