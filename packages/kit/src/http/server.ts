import type { IncomingMessage } from 'node:http';
import cookie from '@fastify/cookie';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Identity } from '../auth/identity.ts';
import type { ServiceTokens } from '../auth/service-token.ts';
import { runAs } from '../context.ts';
import { createRequestIds } from '../ids.ts';
import type { Logger } from '../log.ts';
import { Problem } from '../problem.ts';
import { registerBodyParser } from './body-parser.ts';
import { answerUnreadable, registerErrorHandling } from './error-handler.ts';
import { continueWhenRead, problemOfHead } from './framing.ts';
import { type ObserveOptions, observeRequests } from './observe.ts';
import { type Entrance, findRoute, type RequestRoute } from './request-route.ts';
import { hasBody, limitBodyTime, UPLOAD_BODY_MS } from './slow-body.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the authentication hook; null on routes that need none. */
    identity: Identity | null;
    /** The person's address: the socket's, or what our gateway says it was. */
    clientIp: string;
    /** True when our gateway passed the request on, after its own checks. */
    isFromGateway: boolean;
  }
  interface FastifyContextConfig {
    /**
     * Its answers come from elsewhere, and whoever passes them on adds `baseHeaders` as it writes them, which spares each
     * the way onto the reply and, as a copy, from there. Answers of our own, such as a refusal, get them still.
     */
    isPassedOn?: boolean;
  }
  interface FastifyInstance {
    /** Headers of every answer of this process, refusals of unreadable addresses included. */
    baseHeaders: Record<string, string>;
  }
}

const BODY_LIMIT_BYTES = 1_048_576;
/** Node looks every 30 s by default, which would make 45 s of the 15 s for a head. */
const CHECK_MS = 2_000;
const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;

/** `X-Request-ID` when it is well-formed, else a new UUIDv7. */
function createRequestId(): (request: IncomingMessage) => string {
  const next = createRequestIds();
  return ({ headers }) => {
    const given = headers['x-request-id'];
    return typeof given === 'string' && REQUEST_ID.test(given) ? given : next();
  };
}

const NO_COOKIES: Readonly<Record<string, never>> = Object.freeze({});

/** Cookies, and who passed the request on. Authentication builds on these, so they come first. */
export async function addRequestHooks(app: FastifyInstance, serviceTokens: ServiceTokens): Promise<void> {
  // Awaited because a plugin adds its hooks only when it is loaded, which must be before the next hook is added.
  // Its own hook would make a Map and an object for each request, and is one more on its way.
  await app.register(cookie, { hook: false });
  app.decorateRequest('identity', null);
  app.decorateRequest('clientIp', '');
  app.decorateRequest('isFromGateway', false);
  app.addHook('onRequest', (request, _reply, done) => {
    request.isFromGateway = serviceTokens.verify(request.headers['x-spacedly-gateway'] as string | undefined);
    const forwarded = request.isFromGateway ? request.headers['x-forwarded-for'] : undefined;
    request.clientIp = typeof forwarded === 'string' ? forwarded : request.ip;
    const { cookie: cookies } = request.headers;
    request.cookies = cookies === undefined ? NO_COOKIES : app.parseCookie(cookies);
    done();
  });
}

/** A URL the router cannot read, such as a broken percent escape. */
function answerUnroutable(_error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const body = JSON.stringify(new Problem('MALFORMED_REQUEST').toBody(request.id));
  reply
    .code(400)
    .headers(request.server.baseHeaders)
    .header('x-request-id', request.id)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(body);
}

/**
 * Each line learns from its work which request it belongs to, so a request needs no logger of its own. What a
 * `childLoggerFactory` gives instead Fastify examines for each request, method by method.
 */
function withoutChildren(log: Logger): FastifyBaseLogger {
  const same: FastifyBaseLogger = Object.create(log, { child: { value: () => same } });
  return same;
}

export interface ServerOptions extends ObserveOptions {
  /** Networks whose `X-Forwarded-For` is believed. */
  trustedProxies?: readonly string[];
  /** Tells clients while the process goes away not to use their connection again. */
  drain?: { readonly isDraining: boolean };
}

/** The HTTP server every process stands on: limits, request ids, JSON, problem+json, a record of every request. */
export function createServer(options: ServerOptions): FastifyInstance {
  const { log, trustedProxies = [], drain } = options;
  const entrance: Entrance = { rewrite: null, reload: null };
  const app = Fastify({
    // `request.ip` is then the rightmost address of X-Forwarded-For that is none of these.
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    loggerInstance: withoutChildren(log),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: createRequestId(),
    rewriteUrl: (request) => entrance.rewrite?.(request) ?? (request.url as string),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: UPLOAD_BODY_MS,
    keepAliveTimeout: 72_000,
    // A missing Host is refused by a hook of ours, as Node's own answer would not be problem+json.
    http: {
      headersTimeout: 15_000,
      connectionsCheckingInterval: CHECK_MS,
      maxHeaderSize: 16_384,
      requireHostHeader: false,
    },
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    clientErrorHandler: answerUnreadable as never,
    frameworkErrors: answerUnroutable as never,
  });
  continueWhenRead(app.server);
  registerBodyParser(app);
  registerErrorHandling(app);
  app.decorate('baseHeaders', {});
  app.decorate('entrance', entrance);
  app.decorateRequest('route', null as unknown as RequestRoute);
  const observe = observeRequests(app, options);
  // Before any other hook, and one for all that every request needs: Fastify makes its way from hook to hook each time.
  app.addHook('onRequest', (request, reply, done) => {
    findRoute(request);
    observe(request, reply);
    if (request.route.config.isPassedOn !== true) reply.headers(app.baseHeaders);
    reply.header('x-request-id', request.id);
    if (drain?.isDraining) reply.header('connection', 'close');
    const problem = problemOfHead(request.raw);
    if (problem === undefined && hasBody(request.raw)) limitBodyTime(request);
    runAs(request.work, done, problem);
  });
  app.addHook('onSend', (request, reply, _payload, done) => {
    if (request.route.config.isPassedOn === true) reply.headers(app.baseHeaders);
    done();
  });
  return app;
}
