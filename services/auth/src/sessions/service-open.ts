import { randomBytes } from 'node:crypto';
import type { Role } from '@spacedly/contracts';
import { type Db, newId, Problem, sha256, TOKEN_ALGORITHM, TOKEN_TYPE } from '@spacedly/kit';
import { SignJWT } from 'jose';
import { recordLogin, type UserRow } from '../accounts/store.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { ACCESS_TOKEN_SECONDS, refreshLifeMs, SESSION_MAX_MS } from './rules.ts';
import { insertSessionWithToken } from './store.ts';

/** Values of the `amr` claim (RFC 8176): `hwk` a passkey, `fed` another provider, `mfa` two factors in all. */
export type Amr = 'pwd' | 'otp' | 'sms' | 'hwk' | 'fed' | 'mfa';

export interface NewSession {
  id: string;
  refreshToken: string;
  refreshExpiresAt: Date;
  /** How the person signed in. */
  amr: readonly Amr[];
  role: Role;
}

interface NewSessionOf {
  userId: string;
  origin: Origin;
  isRemembered: boolean;
  amr: readonly Amr[];
}

/**
 * Starts a session with its first refresh token, 256 random bits of which only a hash is kept. The person is locked
 * until the commit: a demotion or deactivation at the same moment either ends this session or is seen by it.
 * @throws Problem INVALID_CREDENTIALS when the person may not sign in any more
 */
export async function openSession(
  tx: Db,
  { now }: Pick<AuthDeps, 'now'>,
  { userId, origin, isRemembered, amr }: NewSessionOf,
): Promise<NewSession> {
  const at = now();
  const role = await recordLogin(tx, userId, at);
  if (role === null) throw new Problem('INVALID_CREDENTIALS');
  const id = newId();
  const refreshToken = randomBytes(32).toString('base64url');
  const refreshExpiresAt = new Date(at.getTime() + refreshLifeMs(isRemembered));
  const endsAt = new Date(at.getTime() + SESSION_MAX_MS);
  const { ip, userAgent } = origin;
  const session = {
    id,
    userId,
    userAgent,
    ip,
    isRemembered,
    amr: [...amr],
    createdAt: at,
    lastSeenAt: at,
    endsAt,
  };
  await insertSessionWithToken(tx, session, {
    tokenHash: sha256(refreshToken),
    sessionId: id,
    createdAt: at,
    expiresAt: refreshExpiresAt,
  });
  return { id, refreshToken, refreshExpiresAt, amr, role };
}

/**
 * A signed access token (RFC 7519) without personal data.
 * @param actorId the admin who acts for the person (`act`, RFC 8693)
 */
export async function signAccessToken(
  { keys, config, now }: Pick<AuthDeps, 'keys' | 'config' | 'now'>,
  user: Pick<UserRow, 'id'>,
  session: Pick<NewSession, 'id' | 'amr' | 'role'>,
  actorId: string | null = null,
): Promise<string> {
  const { kid, key } = await keys.current();
  const issuedAt = Math.floor(now().getTime() / 1_000);
  const { id: sid, role, amr } = session;
  const act = actorId === null ? {} : { act: { sub: actorId } };
  return new SignJWT({ sid, role, typ: TOKEN_TYPE, scope: '*', amr, ...act })
    .setProtectedHeader({ alg: TOKEN_ALGORITHM, kid, typ: 'JWT' })
    .setIssuer(config.PUBLIC_URL)
    .setAudience(config.PUBLIC_URL)
    .setSubject(user.id)
    .setJti(newId())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ACCESS_TOKEN_SECONDS)
    .sign(key);
}
