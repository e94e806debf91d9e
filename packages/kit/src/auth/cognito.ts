import { readFile } from 'node:fs/promises';
import type { Role } from '@spacedly/contracts';
import type { CognitoJwtVerifier } from 'aws-jwt-verify';
import { decodeJwt } from 'jose';
import type { Config } from '../config/schema.ts';
import { Problem } from '../problem.ts';
import type { Identity } from './identity.ts';
import type { OwnerCache } from './owner-cache.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface CognitoVerifier {
  /** True for a token that says it comes from our pool, which `verify` then makes sure of. */
  claims(token: string): boolean;
  /** @throws Problem UNAUTHENTICATED, or UNAVAILABLE when the pool's keys cannot be fetched */
  verify(token: string): Promise<Identity>;
}

export interface PoolAccount {
  userId: string;
  role: Role;
}

export interface CognitoOptions {
  config: Pick<Config, 'COGNITO_USER_POOL_ID' | 'COGNITO_CLIENT_IDS' | 'COGNITO_JWKS_FILE'>;
  /** The local account of somebody in the pool, created at first sight; null when it is closed. */
  findAccount(who: { provider: string; subject: string; name: string }): Promise<PoolAccount | null>;
  cache: OwnerCache<PoolAccount>;
}

type Verifier = Pick<ReturnType<typeof createPoolVerifier>, 'verify'>;

function createPoolVerifier(
  lib: { CognitoJwtVerifier: typeof CognitoJwtVerifier },
  config: CognitoOptions['config'],
) {
  return lib.CognitoJwtVerifier.create({
    userPoolId: config.COGNITO_USER_POOL_ID as string,
    clientId: config.COGNITO_CLIENT_IDS ?? [],
    tokenUse: 'access',
  });
}

/** Loaded with the first token of the pool: most installations have none. */
async function load({ config }: CognitoOptions): Promise<Verifier> {
  const verifier = createPoolVerifier(await import('aws-jwt-verify'), config);
  if (config.COGNITO_JWKS_FILE !== undefined) {
    verifier.cacheJwks(JSON.parse(await readFile(config.COGNITO_JWKS_FILE, 'utf8')));
  }
  return verifier;
}

async function toProblem(error: unknown): Promise<Problem> {
  const { FetchError, JwtBaseError } = await import('aws-jwt-verify/error');
  if (error instanceof JwtBaseError && !(error instanceof FetchError)) {
    return new Problem('UNAUTHENTICATED', { cause: error });
  }
  return new Problem('UNAVAILABLE', { cause: error, retryAfterSeconds: 1 });
}

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

/** Accepts the access tokens of one Amazon Cognito user pool; null where none is configured. */
export function createCognitoVerifier(options: CognitoOptions): CognitoVerifier | null {
  const { config, cache } = options;
  const poolId = config.COGNITO_USER_POOL_ID;
  if (poolId === undefined) return null;
  const provider = `https://cognito-idp.${poolId.split('_', 1)[0]}.amazonaws.com/${poolId}`;
  let loading: Promise<Verifier> | null = null;

  return {
    claims: (token) => issuerOf(token) === provider,
    async verify(token) {
      loading ??= load(options).catch((error) => {
        loading = null;
        throw error;
      });
      const verifier = await loading;
      const payload = await verifier.verify(token).catch(async (error) => {
        throw await toProblem(error);
      });
      const { sub: subject, username: name } = payload;
      const account = await cache.get(subject, () => options.findAccount({ provider, subject, name }));
      if (account === null) throw new Problem('UNAUTHENTICATED');
      const origin = payload.origin_jti;
      const sessionId = typeof origin === 'string' && UUID.test(origin) ? origin : account.userId;
      return { ...account, sessionId, scopes: null, impersonatedBy: null };
    },
  };
}
