import type { SignInError } from '@spacedly/contracts';
import { email } from '@spacedly/contracts';
import type { UserRow } from '../accounts/store.ts';

export const ATTEMPT_LIFE_MS = 10 * 60_000;

/** What a provider says of a person, as far as we use it. */
export interface ProviderClaims {
  /** Its issuer. */
  provider: string;
  subject: string;
  email: string | null;
  isEmailVerified: boolean;
  name: string | null;
}

type RawClaims = Readonly<Record<string, unknown>>;

const MAX_NAME = 100;

function cleanName(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const name = value.toWellFormed().replaceAll('\u0000', '').trim();
  const clipped = [...name].slice(0, MAX_NAME).join('');
  return [...clipped].length >= 2 ? clipped : null;
}

/** Reads the claims of an ID token and, where that leaves them out, of the userinfo answer. */
export function readClaims(provider: string, idToken: RawClaims & { sub: string }, userInfo: RawClaims) {
  const claim = (name: string) => idToken[name] ?? userInfo[name];
  const address = email.safeParse(claim('email'));
  const verified = claim('email_verified');
  const claims: ProviderClaims = {
    provider,
    subject: idToken.sub,
    email: address.success ? address.data : null,
    // Some providers send the word.
    isEmailVerified: address.success && (verified === true || verified === 'true'),
    name: cleanName(claim('name')) ?? cleanName(claim('given_name')),
  };
  return claims;
}

/** The name a new account begins with. */
export function nameFor({
  name,
  email: address,
  subject,
}: Pick<ProviderClaims, 'name' | 'email' | 'subject'>) {
  return name ?? cleanName(address?.split('@', 1)[0]) ?? cleanName(subject) ?? 'New person';
}

/**
 * - `sign-in` the identity is known;
 * - `link` it becomes another way into an account whose e-mail address is proven;
 * - `take-over` nobody ever proved the account's address: whoever made it loses every way in, then it is linked;
 * - `release` the address is a mere claim of somebody who proved a phone: they keep their account without it;
 * - `create` there is no account.
 */
export type LinkDecision =
  | { do: 'sign-in' | 'link' | 'take-over'; user: UserRow }
  | { do: 'release'; user: UserRow }
  | { do: 'create' }
  | { do: 'refuse'; reason: SignInError };

const isClosed = (user: UserRow) => !user.isActive || user.deletedAt !== null;

/**
 * What a sign-in at a provider means here. An address counts only when the provider verified it, and an account
 * only when its owner did: without the second, somebody could make an account for another's address and wait for
 * the owner to arrive ("pre-hijacking", Sudhodanan and Paverd 2022).
 */
export function decideLink(
  known: UserRow | null,
  sameAddress: UserRow | null,
  claims: Pick<ProviderClaims, 'email' | 'isEmailVerified'>,
): LinkDecision {
  if (known !== null) {
    return isClosed(known) ? { do: 'refuse', reason: 'account-closed' } : { do: 'sign-in', user: known };
  }
  if (claims.email === null || !claims.isEmailVerified) return { do: 'refuse', reason: 'email-not-verified' };
  if (sameAddress === null) return { do: 'create' };
  if (isClosed(sameAddress)) return { do: 'refuse', reason: 'account-closed' };
  if (sameAddress.emailVerifiedAt !== null) return { do: 'link', user: sameAddress };
  return { do: sameAddress.phoneVerifiedAt === null ? 'take-over' : 'release', user: sameAddress };
}
