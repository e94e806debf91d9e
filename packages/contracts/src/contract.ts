import type { z } from 'zod';
import type { Permission } from './permissions.ts';
import type { ProblemCode } from './problems.ts';
import type { Scope } from './scopes.ts';

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
  /** What a role must carry to call it; only with `auth: 'required'`. Without it the route is everybody's own business. */
  permission?: Permission;
  /**
   * Whether an admin may call it while acting for somebody else, where that is not what `isOpenToImpersonation`
   * derives.
   */
  whileImpersonating?: 'allowed' | 'refused';
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Takes one file (field `file`), or several, as multipart/form-data instead of a JSON body. */
  upload?: { field?: string; maxBytes: number; maxFiles?: number; types: readonly string[] };
  /** Of a JSON body, where it may be larger than everybody's 1 MB. */
  maxBodyBytes?: number;
  responses: Readonly<Record<number, z.ZodType | null | 'stream'>>;
  /** The media type of a stream. */
  produces?: string;
  errors: readonly ProblemCode[];
  /** Honours `Idempotency-Key` (UUID, 24 h). */
  idempotent?: boolean;
  /** Honours `If-Match` and answers with `ETag`. */
  conditional?: boolean;
  /**
   * What a personal access token needs for it, where that is not what `requiredScope` derives; null closes the route
   * to such tokens.
   */
  scope?: Scope | null;
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
