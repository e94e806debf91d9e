import type { CookieSerializeOptions } from '@fastify/cookie';
import type { Secrets } from '@spacedly/kit';
import { z } from 'zod';

/** What must come back with the answer of the provider; kept by the browser that began, sealed. */
const attemptSchema = z.object({
  kind: z.literal('federated-sign-in'),
  issuer: z.string(),
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  returnTo: z.string(),
  /** What the browser told of language and zone, for a new account. */
  told: z.object({ locale: z.string().optional(), timeZone: z.string().optional() }).default({}),
  /** Milliseconds since the epoch. */
  expiresAt: z.number(),
});
export type Attempt = z.output<typeof attemptSchema>;

const STATE = /^[\w-]{16,100}$/;

/** One cookie for each attempt, so that two tabs can sign in at the same time. */
export function attemptCookieName(state: unknown): string | null {
  return typeof state === 'string' && STATE.test(state) ? `spacedly_oidc_${state.slice(0, 12)}` : null;
}

/** It comes back with a navigation from another site, so Lax; and to the callback alone. */
export function attemptCookieOptions(isSecure: boolean): CookieSerializeOptions {
  return { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/v1/auth/google' };
}

export function sealAttempt(secrets: Secrets, attempt: Omit<Attempt, 'kind'>): string {
  return secrets.seal(JSON.stringify({ kind: 'federated-sign-in', ...attempt }));
}

/** Null for what we did not seal, for another state or provider, and for what is too old. */
export function openAttempt(
  secrets: Secrets,
  sealed: string | undefined,
  expected: { state: string; issuer: string; now: Date },
): Attempt | null {
  if (sealed === undefined) return null;
  try {
    const attempt = attemptSchema.parse(JSON.parse(secrets.open(sealed)));
    const { state, issuer, now } = expected;
    const fits = attempt.state === state && attempt.issuer === issuer;
    return fits && attempt.expiresAt > now.getTime() ? attempt : null;
  } catch {
    return null;
  }
}
