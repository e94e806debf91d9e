import type { Answer, RouteContract, RouteRequest } from '@spacedly/contracts';
import type { FastifyInstance } from 'fastify';
import { currentWork } from './context.ts';
import { Problem } from './problem.ts';

/** One call as it goes over the wire, whichever wire that is. */
export interface WireRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
  signal: AbortSignal;
}

export interface WireResponse {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  body: string;
}

export type Transport = (request: WireRequest) => Promise<WireResponse>;

/**
 * Calls a service in the same process. Injection has no socket to time out, so the deadline is raced.
 * @param whole when the server is put together: after its first injection it takes no more routes and hooks
 */
export function viaInject(app: () => FastifyInstance, whole: Promise<void> = Promise.resolve()): Transport {
  return async ({ method, path, headers, body, signal }) => {
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    const inject = () =>
      app().inject({
        method: method as 'GET',
        url: path,
        headers,
        ...(body !== undefined && { payload: body }),
      });
    const response = await Promise.race([whole.then(inject), aborted]);
    return { status: response.statusCode, headers: response.headers, body: response.body };
  };
}

/** Errors of a connection that did not come about: nothing was sent, so that any request may go elsewhere. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
]);

async function openConnections() {
  const { Agent, request } = await import('undici');
  return { request, dispatcher: new Agent({ connect: { timeout: 1_000 }, keepAliveTimeout: 30_000 }) };
}

/** Calls a service over HTTP on kept-alive connections: its instances in turn, the next where one is not there. */
export function viaFetch(baseUrls: readonly string[]): Transport {
  let connections: ReturnType<typeof openConnections> | undefined;
  let turn = 0;
  return async ({ method, path, headers, body, signal }) => {
    connections ??= openConnections();
    const { request, dispatcher } = await connections;
    const send = (baseUrl: string) =>
      request(baseUrl + path, {
        method: method as 'GET',
        headers,
        dispatcher,
        signal,
        ...(body !== undefined && { body }),
      });
    const first = turn;
    turn = (turn + 1) % baseUrls.length;
    for (let tried = 0; ; tried += 1) {
      try {
        const response = await send(baseUrls[(first + tried) % baseUrls.length] as string);
        return { status: response.statusCode, headers: response.headers, body: await response.body.text() };
      } catch (error) {
        const { code = '' } = error as NodeJS.ErrnoException;
        if (!NOT_CONNECTED.has(code) || tried + 1 >= baseUrls.length) throw error;
      }
    }
  };
}

export interface CallContext {
  /** Passed on so that one request can be followed through every service; by default that of the current work. */
  requestId?: string;
  traceparent?: string;
  /** `Authorization` of the call. */
  authorization?: string;
  /** Milliseconds until the call is given up; default 5,000. */
  deadlineMs?: number;
}

const DEFAULT_DEADLINE_MS = 5_000;

function buildPath(route: RouteContract, input: { params?: unknown; query?: unknown }): string {
  const params = (input.params ?? {}) as Record<string, unknown>;
  const path = route.path.replaceAll(/:(\w+)/g, (_, name) => encodeURIComponent(String(params[name])));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined) query.append(name, String(value));
  }
  return query.size === 0 ? path : `${path}?${query}`;
}

/**
 * Calls a route of another service through its contract.
 * @returns status and body of a success answer
 * @throws Problem what the service answered, or UNAVAILABLE when it could not be reached in time
 */
export async function call<R extends RouteContract>(
  transport: Transport,
  route: R,
  input: RouteRequest<R>,
  context: CallContext = {},
): Promise<Answer<R>> {
  const { params, query, body } = input as { params?: unknown; query?: unknown; body?: unknown };
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const work = currentWork();
  const { requestId = work?.requestId, traceparent = work?.span?.traceparent } = context;
  if (requestId) headers['x-request-id'] = requestId;
  if (traceparent) headers.traceparent = traceparent;
  if (context.authorization) headers.authorization = context.authorization;
  const response = await transport({
    method: route.method,
    path: buildPath(route, { params, query }),
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(context.deadlineMs ?? DEFAULT_DEADLINE_MS),
  }).catch((error) => {
    throw new Problem('UNAVAILABLE', { cause: error, retryAfterSeconds: 1 });
  });
  const parsed = parseJson(response.body);
  if (response.status >= 400) {
    const retryAfter = Number(response.headers['retry-after']);
    throw Problem.fromBody(parsed, Number.isFinite(retryAfter) ? retryAfter : undefined);
  }
  return { status: response.status, body: parsed } as Answer<R>;
}

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem('UNAVAILABLE', { cause: error });
  }
}
