import type { CookieSerializeOptions } from '@fastify/cookie';
import type { Tokens, User } from '@spacedly/contracts';
import { ACCESS_COOKIE, type Config, REFRESH_COOKIE } from '@spacedly/kit';
import type { FastifyReply } from 'fastify';
import { presentUser } from '../accounts/rules.ts';
import type { UserRow } from '../accounts/store.ts';
import type { AuthDeps } from '../deps.ts';
import { ACCESS_TOKEN_SECONDS } from './rules.ts';
import { type NewSession, signAccessToken } from './service-open.ts';

export type Delivery = 'json' | 'cookie';

const REFRESH_PATH = '/v1/auth';

/** `Secure` everywhere but on http://localhost, where there is no TLS to ask for. */
function cookieOptions({ PUBLIC_URL }: Config): CookieSerializeOptions {
  const { protocol, hostname } = new URL(PUBLIC_URL);
  const isLocal = protocol === 'http:' && (hostname === 'localhost' || hostname === '127.0.0.1');
  return { httpOnly: true, sameSite: 'lax', secure: !isLocal };
}

/** Signs an access token and hands both tokens over, in the body or as cookies. */
export async function deliverTokens(
  deps: AuthDeps,
  reply: FastifyReply,
  { user, session, delivery }: { user: UserRow; session: NewSession; delivery: Delivery },
): Promise<Tokens | null> {
  const accessToken = await signAccessToken(deps, user, session);
  const { refreshToken, refreshExpiresAt } = session;
  reply.header('cache-control', 'no-store');
  if (delivery === 'json') {
    return { accessToken, refreshToken, tokenType: 'Bearer', expiresIn: ACCESS_TOKEN_SECONDS };
  }
  const options = cookieOptions(deps.config);
  reply.setCookie(ACCESS_COOKIE, accessToken, { ...options, path: '/', maxAge: ACCESS_TOKEN_SECONDS });
  reply.setCookie(REFRESH_COOKIE, refreshToken, {
    ...options,
    path: REFRESH_PATH,
    expires: refreshExpiresAt,
  });
  return null;
}

/** The answer of every way to sign in. */
export async function deliverSignIn(
  deps: AuthDeps,
  reply: FastifyReply,
  signIn: { user: UserRow; session: NewSession; delivery: Delivery },
): Promise<{ user: User; tokens?: Tokens }> {
  const tokens = await deliverTokens(deps, reply, signIn);
  return { user: presentUser(signIn.user), ...(tokens && { tokens }) };
}

export function clearCookies({ config }: AuthDeps, reply: FastifyReply): void {
  const options = cookieOptions(config);
  reply.clearCookie(ACCESS_COOKIE, { ...options, path: '/' });
  reply.clearCookie(REFRESH_COOKIE, { ...options, path: REFRESH_PATH });
}
