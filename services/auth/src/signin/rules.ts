import type { SecondFactorMethod } from '@spacedly/contracts';
import type { Amr } from '../sessions/service-open.ts';

export const CHALLENGE_LIFE_MS = 5 * 60_000;
export const CHALLENGE_TRIES = 5;

const METHOD_AMR: Readonly<Record<SecondFactorMethod, readonly Amr[]>> = {
  totp: ['otp'],
  email: ['otp'],
  recovery: ['otp'],
  sms: ['otp', 'sms'],
  password: ['pwd'],
};

/** How one signed in, after both factors (RFC 8176). */
export function amrAfter(first: readonly Amr[], method: SecondFactorMethod): Amr[] {
  return [...new Set<Amr>([...first, ...METHOD_AMR[method], 'mfa'])];
}
