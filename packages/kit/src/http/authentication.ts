import type { AuthMode } from '@spacedly/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BearerVerifier } from '../auth/bearer.ts';
import type { DenyList } from '../auth/deny-list.ts';
import type { Identity } from '../auth/identity.ts';
import type { ServiceTokens } from '../auth/service-token.ts';
import { Problem } from '../problem.ts';
import { authorize } from './authorization.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    auth?: AuthMode;
    /** What a personal access token needs here; null, or nothing said: none will do. */
    scope?: string | typeof SCOPE_OF_SERVICE | null;
  }
}

/** On routes that pass requests on: the service that owns the route judges the scope. */
export const SCOPE_OF_SERVICE = Symbol('scope of the service');

export const ACCESS_COOKIE = 'spacedly_access';
export const REFRESH_COOKIE = 'spacedly_refresh';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

export interface AuthenticationDeps {
  verifier: BearerVerifier;
  denyList: DenyList;
  serviceTokens: ServiceTokens;
  /** Origin people use, for requests of browsers that send no `Sec-Fetch-Site`. */
  publicOrigin: string;
  /** Origins elsewhere whose pages may act with the session of their visitor. */
  trustedOrigins?: readonly string[];
  /** Asked once it is settled who calls, whether or not they are let in; throws to refuse them in any case. */
  admit?: Admission | undefined;
}

/** Whether a caller may go on, whoever it is. What answers at once returns nothing, so that nothing is waited for. */
export type Admission = (request: FastifyRequest, reply: FastifyReply) => void | Promise<void>;

/**
 * A browser says where a request comes from; a cookie alone must not be enough to change something (CSRF).
 * Sec-Fetch-Site first, else Origin against our own address or the Host the browser itself connected to.
 */
function isOurs(request: FastifyRequest, { publicOrigin, trustedOrigins = [] }: AuthenticationDeps): boolean {
  const { origin, host } = request.headers;
  if (origin !== undefined && trustedOrigins.includes(origin)) return true;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  if (origin === undefined) return false;
  return origin === publicOrigin || URL.parse(origin)?.host === host;
}

/** A WebSocket can change what it likes once it is open, and the same-origin policy does not stop pages from opening one. */
const changesNothing = ({ method, headers }: FastifyRequest) =>
  SAFE_METHODS.has(method) && headers.upgrade?.toLowerCase() !== 'websocket';

function refuseCrossSite(request: FastifyRequest, deps: AuthenticationDeps): void {
  if (changesNothing(request) || request.isFromGateway) return;
  if (request.headers.authorization !== undefined) return;
  const hasSession = ACCESS_COOKIE in request.cookies || REFRESH_COOKIE in request.cookies;
  if (hasSession && !isOurs(request, deps)) throw new Problem('CROSS_SITE_REQUEST');
}

const BEARER = /^Bearer ([\w.-]+)$/i;

/**
 * Finds the token of a request. A connection mostly carries one person's requests: their header, some 400 characters, is
 * compared with the last one, for 0.1 µs instead of 1 to find the token in it and hash that. Who it is, and whether they
 * still may, is asked each time.
 */
function createTokenReader(): (request: FastifyRequest) => string | undefined {
  const lastOf = new WeakMap<object, { authorization: string; token: string | undefined }>();
  return ({ headers: { authorization }, raw, cookies }) => {
    if (authorization === undefined) return cookies[ACCESS_COOKIE];
    const last = lastOf.get(raw.socket);
    if (last?.authorization === authorization) return last.token;
    const token = BEARER.exec(authorization)?.[1];
    lastOf.set(raw.socket, { authorization, token });
    return token;
  };
}

/** Whose token it is; at once where neither its check nor the deny list has to wait. */
function identify(
  token: string | undefined,
  { verifier, denyList }: AuthenticationDeps,
): Identity | Promise<Identity> {
  if (token === undefined) throw new Problem('UNAUTHENTICATED');
  const judge = (identity: Identity): Identity | Promise<Identity> => {
    const decide = (isDenied: boolean) => {
      if (isDenied) throw new Problem('UNAUTHENTICATED');
      return identity;
    };
    const isDenied = denyList.isDenied(identity.sessionId);
    return isDenied instanceof Promise ? isDenied.then(decide) : decide(isDenied);
  };
  const verified = verifier.verify(token);
  return verified instanceof Promise ? verified.then(judge) : judge(verified);
}

/**
 * A personal access token may do what it was granted, and never what manages credentials.
 * @throws Problem TOKEN_REFUSED, SCOPE_MISSING
 */
function requireScope(request: FastifyRequest, reply: FastifyReply, granted: readonly string[]): void {
  const { scope } = request.route.config;
  if (scope === SCOPE_OF_SERVICE) return;
  if (scope === undefined || scope === null) {
    throw new Problem('TOKEN_REFUSED', { detail: 'Sign in to do this; no personal access token can' });
  }
  if (granted.includes(scope)) return;
  reply.header('www-authenticate', `Bearer realm="spacedly", error="insufficient_scope", scope="${scope}"`);
  const detail = `This needs the scope ${scope}; the token has ${granted.join(', ')}`;
  throw new Problem('SCOPE_MISSING', { detail });
}

function requireService(request: FastifyRequest, tokens: ServiceTokens): void {
  const token = /^Service (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  // To anybody else an internal route does not exist.
  if (!tokens.verify(token)) throw new Problem('NOT_FOUND');
}

/** Below these, whatever changes something may end sessions: a logout, a new password, a replayed token, a deletion. */
const ENDING = /^\/v1\/(auth|users|admin)\//;
const ONLY_BEGINNING = /^\/v1\/auth\/(login|signup|otp)\b/;
/** Whoever comes back from a provider does so by GET, and throws out whoever held their address unproven. */
const COMING_BACK = /^\/v1\/auth\/\w+\/callback\b/;

/** Has the deny list hear what an answer has ended before it is asked again; the answer itself does not wait. */
function expectEndedSessions(app: FastifyInstance, denyList: DenyList): void {
  const expect = (request: FastifyRequest) => {
    const { method, url } = request;
    const isChange = !SAFE_METHODS.has(method) && ENDING.test(url) && !ONLY_BEGINNING.test(url);
    if (isChange || COMING_BACK.test(url)) denyList.expectSignals();
  };
  app.addHook('onSend', (request, _reply, _payload, done) => {
    expect(request);
    done();
  });
  // Answers of other processes are passed on without that hook.
  app.addHook('onResponse', (request, _reply, done) => {
    expect(request);
    done();
  });
}

function settle(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: AuthenticationDeps & { tokenOf: ReturnType<typeof createTokenReader> },
): void | Promise<void> {
  const mode = request.route.config.auth ?? 'none';
  refuseCrossSite(request, deps);
  if (mode === 'none') return;
  if (mode === 'internal') return requireService(request, deps.serviceTokens);
  const token = deps.tokenOf(request);
  if (mode === 'optional' && token === undefined) return;
  const accept = (identity: Identity) => {
    request.identity = identity;
    if (identity.scopes !== null) requireScope(request, reply, identity.scopes);
    authorize(identity, request.route.config);
  };
  const identity = identify(token, deps);
  return identity instanceof Promise ? identity.then(accept) : accept(identity);
}

/** Settles who the caller is before a route runs; each route says in its contract what it needs. */
export function registerAuthentication(app: FastifyInstance, options: AuthenticationDeps): void {
  const deps = { ...options, tokenOf: createTokenReader() };
  const { admit } = deps;
  // Who is refused counts too, or tokens could be tried without end; an empty bucket wins over a wrong token.
  const enter = (request: FastifyRequest, reply: FastifyReply): void | Promise<void> => {
    let settling: void | Promise<void>;
    try {
      settling = settle(request, reply, deps);
    } catch (error) {
      settling = Promise.reject(error);
    }
    if (settling instanceof Promise) return settling.finally(() => admit?.(request, reply));
    return admit?.(request, reply);
  };
  expectEndedSessions(app, deps.denyList);
  app.addHook('onRequest', (request, reply, done) => {
    let entering: void | Promise<void>;
    try {
      entering = enter(request, reply);
    } catch (error) {
      return done(error as Error);
    }
    // What is known already waits for nobody: a promise for each request costs more than to look it up.
    if (entering instanceof Promise) entering.then(() => done(), done);
    else done();
  });
}
