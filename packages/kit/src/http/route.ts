import {
  type Answer,
  isOpenToImpersonation,
  type RouteContract,
  type RouteInput,
  requiredScope,
} from '@spacedly/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Identity } from '../auth/identity.ts';
import type { IdempotencyClaim } from '../db/idempotency.ts';
import { Problem } from '../problem.ts';
import { sha256 } from '../secrets.ts';
import { UPLOAD_BODY_MS } from './slow-body.ts';

export interface RouteContext<R extends RouteContract> extends RouteInput<R> {
  /** Who calls; only there on routes that require it. */
  identity: R['auth'] extends 'required' ? Identity : Identity | null;
  /** Version named by `If-Match`, or null. */
  ifMatch: number | null;
  idempotency: IdempotencyClaim | null;
  request: FastifyRequest;
  reply: FastifyReply;
}

type Handler<R extends RouteContract> = (
  context: RouteContext<R>,
) => Promise<Answer<R> & { location?: string; etag?: string }>;

type FieldErrors = { path: string; message: string }[];

function parsePart(
  schema: z.ZodType | undefined,
  name: string,
  value: unknown,
  errors: FieldErrors,
): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [null];
    for (const key of keys) {
      const path = [name, ...issue.path, ...(key === null ? [] : [key])].join('.');
      errors.push({ path, message: key === null ? issue.message : 'Is not a known field' });
    }
  }
  return undefined;
}

const MAX_ERRORS = 50;

function validate<R extends RouteContract>(route: R, request: FastifyRequest): RouteInput<R> {
  const errors: FieldErrors = [];
  const params = parsePart(route.params, 'params', request.params, errors);
  const query = parsePart(route.query, 'query', request.query, errors);
  const body = parsePart(route.body, 'body', request.body ?? undefined, errors);
  if (errors.length > 0) throw new Problem('VALIDATION_FAILED', { errors: errors.slice(0, MAX_ERRORS) });
  return { params, query, body } as RouteInput<R>;
}

/** `"7"` → 7, absent or `*` → null. Anything else can match no version. */
function parseIfMatch(request: FastifyRequest): number | null {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') return null;
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (version === undefined)
    throw new Problem('PRECONDITION_FAILED', { detail: 'If-Match must be one ETag' });
  return Number(version);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function parseIdempotencyKey(request: FastifyRequest): IdempotencyClaim | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !UUID.test(key)) {
    const errors = [{ path: 'header.idempotency-key', message: 'Must be a UUID' }];
    throw new Problem('VALIDATION_FAILED', { errors });
  }
  const requestHash = sha256(`${request.method} ${request.url}\n${JSON.stringify(request.body)}`);
  return { userId: (request.identity as Identity).userId, key: key.toLowerCase(), requestHash };
}

function etagOf(body: unknown): string | undefined {
  const version = (body as { version?: unknown } | undefined)?.version;
  return typeof version === 'number' ? `"${version}"` : undefined;
}

class JsonText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * A body that is JSON already, as the database made it, and is sent as it is.
 * @returns what passes for a body of any route; nobody can look into it
 */
export const jsonText = (text: string): never => new JsonText(text) as never;

/** Binds a handler to its contract: validation, `If-Match`, `Idempotency-Key`, status, `Location` and `ETag`. */
export function bindRoute<R extends RouteContract>(
  app: FastifyInstance,
  route: R,
  handler: Handler<R>,
): void {
  app.route({
    method: route.method,
    url: route.path,
    ...(route.maxBodyBytes !== undefined && { bodyLimit: route.maxBodyBytes }),
    config: {
      auth: route.auth,
      scope: route.scope === undefined ? requiredScope(route) : route.scope,
      permission: route.permission,
      isOpenToImpersonation: isOpenToImpersonation(route),
      ...(route.upload !== undefined && { bodyMs: UPLOAD_BODY_MS }),
    },
    async handler(request, reply) {
      const answer = await handler({
        ...validate(route, request),
        identity: request.identity as RouteContext<R>['identity'],
        ifMatch: route.conditional ? parseIfMatch(request) : null,
        idempotency: route.idempotent ? parseIdempotencyKey(request) : null,
        request,
        reply,
      });
      if (reply.sent || reply.raw.headersSent) return reply;
      reply.code(answer.status);
      if (answer.location !== undefined) reply.header('location', answer.location);
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'private, no-cache');
      // The version guards updates. It is no validator for caches: what is shown with a resource, such as the reminders
      // of a task, changes without it. Where a route knows one that is, it answers 304 itself.
      const etag = answer.etag ?? (route.conditional || route.idempotent ? etagOf(answer.body) : undefined);
      if (etag !== undefined) reply.header('etag', etag);
      const body: unknown = answer.body;
      if (body === undefined) return reply.send();
      return reply
        .type('application/json; charset=utf-8')
        .send(body instanceof JsonText ? body.text : JSON.stringify(body));
    },
  });
}

/** Whether the client has what a tag stands for (`If-None-Match`, RFC 9110, section 13.1.2). */
export function isKnown({ headers }: FastifyRequest, etag: string): boolean {
  const strong = (tag: string) => tag.trim().replace(/^W\//, '');
  const known = headers['if-none-match'];
  return (
    known !== undefined &&
    (known.trim() === '*' || known.split(',').some((tag) => strong(tag) === strong(etag)))
  );
}

export const notModified = () => ({ status: 304 as const, body: undefined });
export const ok = <T>(body: T) => ({ status: 200 as const, body });
export const accepted = <T>(body: T) => ({ status: 202 as const, body });
export const noContent = () => ({ status: 204 as const, body: undefined });
export const created = <T>(location: string, body: T) => ({ status: 201 as const, body, location });
