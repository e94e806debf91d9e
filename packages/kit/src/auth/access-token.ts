import { type Role, role as roleSchema } from '@spacedly/contracts';
import { type CryptoKey, decodeProtectedHeader, errors, importJWK, type JWK, jwtVerify } from 'jose';
import { Problem } from '../problem.ts';
import type { Identity } from './identity.ts';

/** Access tokens are EdDSA only: `none`, HMAC with the public key and the like never reach a verifier. */
export const TOKEN_ALGORITHM = 'EdDSA';
export const TOKEN_TYPE = 'access';
const CLOCK_SKEW_SECONDS = 30;
const CACHE_SIZE = 10_000;
const REFETCH_MS = 10_000;

export interface VerifiedToken extends Identity {
  /** Seconds since the epoch. */
  expiresAt: number;
}

export interface TokenVerifier {
  /** @throws Problem UNAUTHENTICATED for anything that is not a live access token of ours */
  verify(token: string): Promise<VerifiedToken>;
}

export interface TokenVerifierOptions {
  /** Issuer and audience the token must name. */
  issuer: string;
  audience: string;
  fetchKeys(): Promise<JWK[]>;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Public keys by `kid`; an unknown `kid` asks again at most every ten seconds, so it cannot cause a storm. */
function keyStore({ fetchKeys, now }: TokenVerifierOptions) {
  let keys = new Map<string, CryptoKey | Uint8Array>();
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | null = null;

  async function refetch(): Promise<void> {
    const next = new Map<string, CryptoKey | Uint8Array>();
    for (const jwk of await fetchKeys()) {
      if (jwk.kid !== undefined) next.set(jwk.kid, await importJWK(jwk, TOKEN_ALGORITHM));
    }
    keys = next;
    fetchedAt = now();
  }

  return async (kid: string) => {
    if (!keys.has(kid) && now() - fetchedAt > REFETCH_MS) {
      fetching ??= refetch().finally(() => {
        fetching = null;
      });
      await fetching;
    }
    return keys.get(kid);
  };
}

const refused = (cause?: unknown) => new Problem('UNAUTHENTICATED', { cause });

/** Verifies Ed25519 access tokens (RFC 7519, RFC 8037) and remembers those it has seen until they expire. */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { issuer, audience, now } = options;
  const keyFor = keyStore(options);
  const cache = new Map<string, VerifiedToken>();

  async function check(token: string): Promise<VerifiedToken> {
    const { kid, alg } = decodeProtectedHeader(token);
    if (alg !== TOKEN_ALGORITHM || kid === undefined) throw refused();
    const key = await keyFor(kid);
    if (key === undefined) throw refused();
    const { payload } = await jwtVerify(token, key, {
      algorithms: [TOKEN_ALGORITHM],
      issuer,
      audience,
      clockTolerance: CLOCK_SKEW_SECONDS,
      currentDate: new Date(now()),
      requiredClaims: ['sub', 'sid', 'iat', 'exp', 'jti'],
    });
    const { sub, sid, role, exp, iat, typ } = payload;
    if (typ !== TOKEN_TYPE || typeof sid !== 'string' || !roleSchema.safeParse(role).success) throw refused();
    if ((iat as number) > now() / 1000 + CLOCK_SKEW_SECONDS) throw refused();
    return {
      userId: sub as string,
      sessionId: sid,
      role: role as Role,
      scopes: null,
      expiresAt: exp as number,
    };
  }

  return {
    async verify(token) {
      const known = cache.get(token);
      if (known !== undefined) {
        if (known.expiresAt + CLOCK_SKEW_SECONDS > now() / 1000) return known;
        cache.delete(token);
        throw refused();
      }
      try {
        const verified = await check(token);
        if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value as string);
        cache.set(token, verified);
        return verified;
      } catch (error) {
        if (error instanceof errors.JOSEError || error instanceof TypeError) throw refused(error);
        throw error;
      }
    },
  };
}
