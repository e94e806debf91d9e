import { randomBytes } from 'node:crypto';
import { type Db, newId, sha256, TOKEN_ALGORITHM, TOKEN_TYPE } from '@spacedly/kit';
import { SignJWT } from 'jose';
import type { UserRow } from '../accounts/store.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { ACCESS_TOKEN_SECONDS, refreshLifeMs, SESSION_MAX_MS } from './rules.ts';
import { insertRefreshToken, insertSession } from './store.ts';

/** Values of the `amr` claim (RFC 8176): `hwk` a passkey, `fed` another provider, `mfa` two factors in all. */
export type Amr = 'pwd' | 'otp' | 'sms' | 'hwk' | 'fed' | 'mfa';

export interface NewSession {
  id: string;
  refreshToken: string;
  refreshExpiresAt: Date;
  /** How the person signed in. */
  amr: readonly Amr[];
}

interface NewSessionOf {
  userId: string;
  origin: Origin;
  isRemembered: boolean;
  amr: readonly Amr[];
}

/** Starts a session with its first refresh token, 256 random bits of which only a hash is kept. */
export async function openSession(
  tx: Db,
  { now }: Pick<AuthDeps, 'now'>,
  { userId, origin, isRemembered, amr }: NewSessionOf,
): Promise<NewSession> {
  const at = now();
  const id = newId();
  const refreshToken = randomBytes(32).toString('base64url');
  const refreshExpiresAt = new Date(at.getTime() + refreshLifeMs(isRemembered));
  const endsAt = new Date(at.getTime() + SESSION_MAX_MS);
  const { ip, userAgent } = origin;
  await insertSession(tx, {
    id,
    userId,
    userAgent,
    ip,
    isRemembered,
    amr: [...amr],
    createdAt: at,
    lastSeenAt: at,
    endsAt,
  });
  await insertRefreshToken(tx, {
    tokenHash: sha256(refreshToken),
    sessionId: id,
    createdAt: at,
    expiresAt: refreshExpiresAt,
  });
  return { id, refreshToken, refreshExpiresAt, amr };
}

/** A signed access token (RFC 7519) without personal data. */
export async function signAccessToken(
  { keys, config, now }: Pick<AuthDeps, 'keys' | 'config' | 'now'>,
  user: Pick<UserRow, 'id' | 'role'>,
  session: Pick<NewSession, 'id' | 'amr'>,
): Promise<string> {
  const { kid, key } = await keys.current();
  const issuedAt = Math.floor(now().getTime() / 1_000);
  return new SignJWT({ sid: session.id, role: user.role, typ: TOKEN_TYPE, scope: '*', amr: session.amr })
    .setProtectedHeader({ alg: TOKEN_ALGORITHM, kid, typ: 'JWT' })
    .setIssuer(config.PUBLIC_URL)
    .setAudience(config.PUBLIC_URL)
    .setSubject(user.id)
    .setJti(newId())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ACCESS_TOKEN_SECONDS)
    .sign(key);
}
