import type { CookieSerializeOptions } from '@fastify/cookie';
import type { Tokens, User } from '@spacedly/contracts';
import { ACCESS_COOKIE, accepted, type Config, ok, REFRESH_COOKIE } from '@spacedly/kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { presentUser } from '../accounts/rules.ts';
import type { UserRow } from '../accounts/store.ts';
import type { AuthDeps } from '../deps.ts';
import { DEVICE_IDLE_MS } from '../devices/rules.ts';
import type { Challenged, SignedIn } from '../signin/service.ts';
import { ACCESS_TOKEN_SECONDS } from './rules.ts';
import { type NewSession, signAccessToken } from './service-open.ts';

/** Names the device, not the person: it spares a second factor where the device is trusted, and opens nothing. */
export const DEVICE_COOKIE = 'spacedly_device';

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

/** The device token of a request: in the body, or the cookie of a browser. */
export function deviceTokenOf(
  request: FastifyRequest,
  body: { deviceToken?: string | undefined },
): string | undefined {
  return body.deviceToken ?? request.cookies[DEVICE_COOKIE];
}

/** Hands over the token of a device that is new; the rest of the answer is that of every way to sign in. */
function deliverDeviceToken(deps: AuthDeps, reply: FastifyReply, deviceToken: string, delivery: Delivery) {
  if (delivery === 'json') return { deviceToken };
  const life = { path: REFRESH_PATH, maxAge: DEVICE_IDLE_MS / 1_000 };
  reply.setCookie(DEVICE_COOKIE, deviceToken, { ...cookieOptions(deps.config), ...life });
  return {};
}

/** The answer of every way to sign in, once nothing more is asked for. */
export async function deliverSignIn(
  deps: AuthDeps,
  reply: FastifyReply,
  signIn: Pick<SignedIn, 'user' | 'session'> & { deviceToken?: string | null; delivery: Delivery },
): Promise<{ user: User; tokens?: Tokens; deviceToken?: string }> {
  const { deviceToken = null, delivery } = signIn;
  const tokens = await deliverTokens(deps, reply, signIn);
  const device = deviceToken === null ? {} : deliverDeviceToken(deps, reply, deviceToken, delivery);
  return { user: presentUser(signIn.user), ...(tokens && { tokens }), ...device };
}

/** 200 with the tokens, or 202 with what is still asked for. */
export async function answerSignIn(
  deps: AuthDeps,
  reply: FastifyReply,
  result: SignedIn | Challenged,
  delivery: Delivery,
) {
  if ('session' in result) return ok(await deliverSignIn(deps, reply, { ...result, delivery }));
  const { challenge, methods, expiresAt } = result;
  reply.header('cache-control', 'no-store');
  const status = 'second_factor_required' as const;
  return accepted({ status, challenge, methods, expiresAt: expiresAt.toISOString() });
}

export function clearCookies({ config }: AuthDeps, reply: FastifyReply): void {
  const options = cookieOptions(config);
  reply.clearCookie(ACCESS_COOKIE, { ...options, path: '/' });
  reply.clearCookie(REFRESH_COOKIE, { ...options, path: REFRESH_PATH });
}
