import type { z } from 'zod';
import type { ProblemCode } from './problems.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may call a route. `internal` routes are never reachable through the gateway: another service of the
 * installation calls them with a service token.
 */
export type AuthMode = 'none' | 'optional' | 'required' | 'internal';

/**
 * One route as both sides see it: the service binds it, the client calls it, the OpenAPI page shows it.
 * `responses` maps each success status to its body; `null` means no body, `'stream'` a body that is not JSON.
 */
export interface RouteContract {
  method: HttpMethod;
  /** Fastify notation, for example `/v1/tasks/:taskId`. */
  path: string;
  summary: string;
  description?: string;
  auth: AuthMode;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  responses: Readonly<Record<number, z.ZodType | null | 'stream'>>;
  errors: readonly ProblemCode[];
  /** Honours `Idempotency-Key` (UUID, 24 h). */
  idempotent?: boolean;
  /** Honours `If-Match` and answers with `ETag`. */
  conditional?: boolean;
}

export type RouteTable = Readonly<Record<string, RouteContract>>;

/** A service as the outside sees it: its name, the prefixes it answers to and its routes. */
export interface ServiceContract {
  name: string;
  prefixes: readonly string[];
  routes: RouteTable;
}

/** Types a route without widening its literals. */
export function defineRoute<const R extends RouteContract>(route: R): R {
  return route;
}

type BodyOf<T> = T extends z.ZodType ? z.input<T> : undefined;

/** The success answers of a route as `{status, body}` pairs. */
export type Answer<R extends RouteContract> = {
  [S in keyof R['responses'] & number]: { status: S; body: BodyOf<R['responses'][S]> };
}[keyof R['responses'] & number];

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;

/** What a handler gets after validation. */
export interface RouteInput<R extends RouteContract> {
  params: Parsed<R['params']>;
  query: Parsed<R['query']>;
  body: Parsed<R['body']>;
}

type Sent<T> = T extends z.ZodType ? z.input<T> : undefined;

/** What a caller of the route gives. */
export type RouteRequest<R extends RouteContract> = {
  [K in 'params' | 'query' | 'body' as R[K] extends z.ZodType ? K : never]: Sent<R[K]>;
};
