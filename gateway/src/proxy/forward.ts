import { createRandomHex, Problem } from '@spacedly/kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { nextTraceparent } from '../policies/trace-context.ts';
import { Attempt } from './attempt.ts';
import { bodyOf } from './body.ts';
import { isEventStream } from './event-stream.ts';
import { forwardedHeaders, type HeaderList } from './headers.ts';
import type { UpstreamGroup } from './upstream-group.ts';

export interface ForwardLimits {
  bodyBytes: number;
  /** Until the head of the answer is there. */
  answerMs: number;
  /** Longest silence within an answer; event streams send something every 25 s. */
  silenceMs: number;
}

export const FORWARD_LIMITS: ForwardLimits = { bodyBytes: 1_048_576, answerMs: 30_000, silenceMs: 60_000 };

export interface ForwardOptions {
  group: UpstreamGroup;
  limits: ForwardLimits;
  /** `https` or `http`, as people reach the gateway. */
  protocol: string;
  /** Proof for our own services that the gateway says so; foreign upstreams never get one. */
  proof?: (() => string) | undefined;
  mayRetry?: boolean;
  /** The path at the upstream; the request's own by default. */
  rewrite?: ((target: string) => string) | undefined;
  /** Changes the headers on their way there and back, where the route says so. */
  dressRequest?: ((headers: HeaderList) => HeaderList) | undefined;
  dressAnswer?: ((headers: HeaderList) => HeaderList) | undefined;
  /** Names of headers of ours that answers passed on do not get. */
  hides?: ReadonlySet<string>;
}

const randomHex = createRandomHex();

/** The path and query to ask the upstream for; an absolute address (RFC 9112, section 3.2.2) is cut to them. */
export function targetOf(url: string): string {
  if (url.startsWith('/')) return url;
  const target = url.replace(/^https?:\/\/[^/?#]*/i, '');
  return target.startsWith('/') ? target : `/${target}`;
}

/** What the upstream hears from us of a request: who asks and from where. */
export function addedHeaders(
  request: FastifyRequest,
  { protocol, proof }: Pick<ForwardOptions, 'protocol' | 'proof'>,
): Record<string, string> {
  const added: Record<string, string> = {
    'x-request-id': request.id,
    traceparent: request.work.span?.traceparent ?? nextTraceparent(request.headers.traceparent, randomHex),
    'x-forwarded-for': request.clientIp,
    'x-forwarded-proto': protocol,
    'x-forwarded-host': request.headers.host ?? '',
  };
  if (proof !== undefined) added['x-spacedly-gateway'] = proof();
  if (request.identity !== null) {
    added['x-user-id'] = request.identity.userId;
    added['x-user-role'] = request.identity.role;
  }
  return added;
}

/** Why there is no upstream to send it to, and when to come back. */
export function unavailable({ name, waitMs }: UpstreamGroup, now: number): Problem {
  return new Problem('UNAVAILABLE', {
    cause: new Error(`no upstream of ${name} takes requests`),
    retryAfterSeconds: waitMs(now) / 1_000,
  });
}

/** The handler of a route that passes its requests on, streaming both ways. */
export function createForward(options: ForwardOptions) {
  const { group, limits, mayRetry = true, rewrite, dressRequest, dressAnswer, hides } = options;
  return (request: FastifyRequest, reply: FastifyReply): void => {
    const now = Date.now();
    const member = group.choose(now);
    if (member === null) throw unavailable(group, now);
    group.budget.earn();
    request.upstream = group.name;
    const { raw } = request;
    const target = targetOf(request.originalUrl);
    const headers = forwardedHeaders(raw.headers, addedHeaders(request, options));
    const exchange = {
      group,
      method: request.method,
      path: rewrite === undefined ? target : rewrite(target),
      headers: dressRequest === undefined ? headers : dressRequest(headers),
      body: request.body === undefined ? null : bodyOf(raw, limits.bodyBytes),
      answerMs: limits.answerMs,
      silenceMs: limits.silenceMs,
      isStream: isEventStream(raw.headers.accept),
      mayRetry,
      reply,
      dress: dressAnswer,
      hides,
      now: Date.now,
    };
    new Attempt(exchange, member).send();
  };
}
