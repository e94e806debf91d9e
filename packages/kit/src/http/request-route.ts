import type { IncomingMessage } from 'node:http';
import type { FastifyContextConfig, FastifyRequest } from 'fastify';

/** What a request asked for, as far as those need to know who let it in, count it or tell of it. */
export interface RequestRoute {
  /** Template of the address, such as `/v1/tasks/:taskId`; undefined for an address nobody knows. */
  url: string | undefined;
  config: FastifyContextConfig;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Found once for each request: Fastify makes its `routeOptions` anew each time they are looked at. */
    route: RequestRoute;
  }
  interface FastifyContextConfig {
    /** Of a route that stands for others, which come and go: the one this request is for, or null for none. */
    resolve?: (request: IncomingMessage) => RequestRoute | null;
  }
  interface FastifyInstance {
    entrance: Entrance;
  }
}

/** What a front may put before the routes of its process, and change while it runs. */
export interface Entrance {
  /** The address to route a request by instead of its own. */
  rewrite: ((request: IncomingMessage) => string | undefined) | null;
  /** Reads what may change while the process runs once more. */
  reload: (() => Promise<void>) | null;
}

/** Finds the route of a request, before anything else asks for it. */
export function findRoute(request: FastifyRequest): void {
  const { url, config } = request.routeOptions;
  request.route = config.resolve?.(request.raw) ?? { url, config };
}
