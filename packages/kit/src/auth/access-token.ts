import { type Role, role as roleSchema } from '@spacedly/contracts';
import { decodeProtectedHeader, errors, type JWK, jwtVerify } from 'jose';
import { Problem } from '../problem.ts';
import type { Identity } from './identity.ts';
import { createKeyStore } from './key-store.ts';

/** Access tokens are EdDSA only: `none`, HMAC with the public key and the like never reach a verifier. */
export const TOKEN_ALGORITHM = 'EdDSA';
export const TOKEN_TYPE = 'access';
const CLOCK_SKEW_SECONDS = 30;
const CACHE_SIZE = 10_000;
/** Three parts in base64url without padding (RFC 7515, section 2); decoders tend to take more than that. */
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

export interface VerifiedToken extends Identity {
  /** Seconds since the epoch. */
  expiresAt: number;
}

export interface TokenVerifier {
  /**
   * Answers at once for a token that was seen before.
   * @throws Problem UNAUTHENTICATED for anything that is not a live access token of ours
   */
  verify(token: string): VerifiedToken | Promise<VerifiedToken>;
  /** Reads the keys again and forgets what was verified with one that is gone. */
  rereadKeys(): Promise<void>;
}

export interface TokenVerifierOptions {
  /** Issuer and audience the token must name. */
  issuer: string;
  audience: string;
  fetchKeys(): Promise<JWK[]>;
  /** Milliseconds since the epoch. */
  now: () => number;
}

const refused = (cause?: unknown) => new Problem('UNAUTHENTICATED', { cause });

/** Who acts for the subject (RFC 8693, section 4.1); a claim we cannot read is refused rather than overlooked. */
function actorOf(act: unknown): string | null {
  if (act === undefined) return null;
  const { sub } = (act ?? {}) as { sub?: unknown };
  if (typeof sub !== 'string') throw refused();
  return sub;
}

/** Verifies Ed25519 access tokens (RFC 7519, RFC 8037) and remembers those it has seen until they expire. */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { issuer, audience, now } = options;
  const cache = new Map<string, VerifiedToken>();
  const keys = createKeyStore({ ...options, algorithm: TOKEN_ALGORITHM, onRemoved: () => cache.clear() });

  async function check(token: string): Promise<VerifiedToken> {
    if (!COMPACT.test(token)) throw refused();
    const { kid, alg } = decodeProtectedHeader(token);
    if (alg !== TOKEN_ALGORITHM || typeof kid !== 'string') throw refused();
    const key = await keys.find(kid);
    if (key === undefined) throw refused();
    const { payload } = await jwtVerify(token, key, {
      algorithms: [TOKEN_ALGORITHM],
      issuer,
      audience,
      clockTolerance: CLOCK_SKEW_SECONDS,
      currentDate: new Date(now()),
      requiredClaims: ['sub', 'sid', 'iat', 'exp', 'jti'],
    });
    const { sub, sid, role, exp, iat, typ, act } = payload;
    if (typ !== TOKEN_TYPE || typeof sid !== 'string' || !roleSchema.safeParse(role).success) throw refused();
    if ((iat as number) > now() / 1000 + CLOCK_SKEW_SECONDS) throw refused();
    return {
      userId: sub as string,
      sessionId: sid,
      role: role as Role,
      scopes: null,
      impersonatedBy: actorOf(act),
      expiresAt: exp as number,
    };
  }

  async function checkAndKeep(token: string): Promise<VerifiedToken> {
    try {
      const verified = await check(token);
      if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value as string);
      cache.set(token, verified);
      return verified;
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof TypeError) throw refused(error);
      throw error;
    }
  }

  return {
    rereadKeys: keys.reread,
    verify(token) {
      const known = cache.get(token);
      if (known === undefined) return checkAndKeep(token);
      if (known.expiresAt + CLOCK_SKEW_SECONDS > now() / 1000) return known;
      cache.delete(token);
      return Promise.reject(refused());
    },
  };
}
