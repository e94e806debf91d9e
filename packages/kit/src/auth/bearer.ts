import { authRoutes } from '@spacedly/contracts';
import { type CallContext, call } from '../call.ts';
import type { Platform } from '../platform.ts';
import { Problem } from '../problem.ts';
import type { Transports } from '../service.ts';
import { createTokenVerifier } from './access-token.ts';
import { createCognitoVerifier } from './cognito.ts';
import type { Identity } from './identity.ts';
import { KEYS_CHANGED_CHANNEL } from './keys-channel.ts';
import { createOwnerCache } from './owner-cache.ts';
import { createPersonalTokenVerifier, PERSONAL_TOKEN_PREFIX } from './personal-token.ts';

/** How long a process that hears no signals believes the keys it knows. */
const KEYS_KNOWN_MS = 5_000;

/** Turns what a request carries as its token into who it acts for. */
export interface BearerVerifier {
  /** Answers at once where it can. @throws Problem UNAUTHENTICATED */
  verify(token: string): Identity | Promise<Identity>;
}

/** What the auth service answers, with null for "there is none". */
async function orNull<T>(asked: Promise<{ body: T }>, code: 'TOKEN_NOT_FOUND' | 'USER_NOT_FOUND') {
  try {
    return (await asked).body;
  } catch (error) {
    if (error instanceof Problem && error.code === code) return null;
    throw error;
  }
}

/** Our own access tokens, personal access tokens, and those of the Cognito pool where one is configured. */
export async function createBearerVerifier(
  platform: Platform,
  transports: Transports,
): Promise<BearerVerifier> {
  const { config, serviceTokens, signals, log } = platform;
  const auth = transports('auth');
  const now = () => platform.now().getTime();
  const asService = (): CallContext => ({ authorization: `Service ${serviceTokens.issue()}` });

  const own = createTokenVerifier({
    issuer: config.PUBLIC_URL,
    audience: config.PUBLIC_URL,
    now,
    fetchKeys: async () => (await call(auth, authRoutes.jwks, {})).body.keys,
  });
  const reread = () => {
    own.rereadKeys().catch((error) => log.warn({ err: error }, 'the signing keys could not be read'));
  };
  await signals.subscribe(KEYS_CHANGED_CHANNEL, reread, reread);

  // Where no signal tells of a revoked key, the clock does.
  let keysReadAt = Number.NEGATIVE_INFINITY;
  async function verifyAnew(token: string): Promise<Identity> {
    await own.rereadKeys();
    keysReadAt = now();
    return own.verify(token);
  }
  const isOld = () => signals.isDeaf === true && Math.abs(now() - keysReadAt) > KEYS_KNOWN_MS;

  const personal = createPersonalTokenVerifier({
    findOwner: (tokenHash) =>
      orNull(call(auth, authRoutes.findTokenOwner, { body: { tokenHash } }, asService()), 'TOKEN_NOT_FOUND'),
    cache: await createOwnerCache(signals, now),
    now,
  });
  const cognito = createCognitoVerifier({
    config,
    findAccount: (body) =>
      orNull(call(auth, authRoutes.findFederatedAccount, { body }, asService()), 'USER_NOT_FOUND'),
    cache: await createOwnerCache(signals, now),
  });

  return {
    verify(token) {
      if (token.startsWith(PERSONAL_TOKEN_PREFIX)) return personal.verify(token);
      if (cognito?.claims(token)) return cognito.verify(token);
      return isOld() ? verifyAnew(token) : own.verify(token);
    },
  };
}
