import { authRoutes, type SignInError } from '@spacedly/contracts';
import { bindRoute, ok, Problem } from '@spacedly/kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuthDeps } from '../deps.ts';
import { originOf, readerFrom } from '../origin.ts';
import { deliverSignIn, deviceTokenOf } from '../sessions/delivery.ts';
import { attemptCookieName, attemptCookieOptions, openAttempt } from './attempt.ts';
import { createSignInProvider } from './provider.ts';
import { ATTEMPT_LIFE_MS } from './rules.ts';
import { beginSignIn, type FederatedResult, finishSignIn } from './service.ts';
import { findPoolAccount } from './service-pool.ts';

const found = (location: string) => ({ status: 302 as const, body: undefined, location });

/** The answer's address as the provider saw it: our own configuration, never the Host of the request. */
function callbackUrl(redirectUri: string, request: FastifyRequest): URL {
  const url = new URL(redirectUri);
  url.search = new URL(request.url, redirectUri).search;
  return url;
}

export function federationRoutes(app: FastifyInstance, deps: AuthDeps): void {
  const { config, secrets, now } = deps;
  const provider = createSignInProvider(config);
  const isSecure = config.PUBLIC_URL.startsWith('https://');
  const toPage = (path: string) => found(`${config.PUBLIC_URL}${path}`);
  const failed = (reason: SignInError) => toPage(`/sign-in?error=${reason}`);

  bindRoute(app, authRoutes.listProviders, async () => {
    const items =
      provider === null ? [] : [{ name: provider.name, url: authRoutes.beginFederatedSignIn.path }];
    return ok({ items, nextCursor: null });
  });

  bindRoute(app, authRoutes.beginFederatedSignIn, async ({ query, request, reply }) => {
    reply.header('cache-control', 'no-store');
    if (provider === null) return failed('provider-not-configured');
    const { returnTo = '/', ...told } = query;
    try {
      const { url, state, sealed } = await beginSignIn(deps, provider, { returnTo, told });
      const options = { ...attemptCookieOptions(isSecure), maxAge: ATTEMPT_LIFE_MS / 1_000 };
      reply.setCookie(attemptCookieName(state) as string, sealed, options);
      return found(url.href);
    } catch (error) {
      request.log.warn({ err: error }, 'the sign-in provider does not answer');
      return failed('provider-unavailable');
    }
  });

  async function answer(result: FederatedResult, returnTo: string, reply: FastifyReply) {
    if ('refused' in result) return failed(result.refused);
    if ('session' in result) {
      await deliverSignIn(deps, reply, { ...result, delivery: 'cookie' });
      return toPage(returnTo);
    }
    // In the fragment, which browsers send to nobody and servers do not log.
    const methods = result.methods.join(',');
    const expiresAt = result.expiresAt.toISOString();
    const facts = new URLSearchParams({ challenge: result.challenge, methods, expiresAt, returnTo });
    return toPage(`/sign-in#${facts}`);
  }

  bindRoute(app, authRoutes.finishFederatedSignIn, async ({ request, reply }) => {
    reply.header('cache-control', 'no-store');
    if (provider === null) return failed('provider-not-configured');
    const currentUrl = callbackUrl(provider.redirectUri, request);
    const state = currentUrl.searchParams.get('state');
    const cookie = attemptCookieName(state);
    if (state === null || cookie === null) return failed('sign-in-expired');
    const expected = { state, issuer: provider.issuer, now: now() };
    const attempt = openAttempt(secrets, request.cookies[cookie], expected);
    reply.clearCookie(cookie, attemptCookieOptions(isSecure));
    if (attempt === null) return failed('sign-in-expired');
    const context = {
      origin: originOf(request),
      isRemembered: false,
      delivery: 'cookie' as const,
      deviceToken: deviceTokenOf(request, {}),
    };
    const { locale, timeZone } = readerFrom(request);
    const reader = { locale: attempt.told.locale ?? locale, timeZone: attempt.told.timeZone ?? timeZone };
    const answered = { currentUrl, attempt, reader };
    const result = await finishSignIn(deps, provider, answered, context);
    if ('cause' in result) request.log.warn({ err: result.cause }, 'a sign-in at the provider failed');
    return answer(result, attempt.returnTo, reply);
  });

  bindRoute(app, authRoutes.findFederatedAccount, async ({ body }) => {
    const account = await findPoolAccount(deps, body);
    if (account === null) throw new Problem('USER_NOT_FOUND');
    return ok(account);
  });
}
