import { type Admission, type LimitName, networkOf, type Platform, Problem } from '@spacedly/kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { entryOf, type LargeRoute } from '../../routing-table.ts';
import { namedLimits } from './limits.ts';
import { createMemoryStore } from './memory-store.ts';
import { createRedisStore } from './redis-store.ts';
import { isFailure, type Limit, levelHeader, policyHeader, retryAfterSeconds } from './rules.ts';
import { createSharedStore } from './shared-store.ts';
import type { BucketStore, Taken } from './store.ts';

/** How a route is limited. */
export interface RouteLimit {
  limits: readonly Limit[];
  /** Those of them whose tokens come back when the answer is no failure. */
  ofFailures: readonly Limit[];
  /** The value of `RateLimit-Policy`. */
  policy: string;
  /** True where nobody is known yet, in whichever process the route is: its clients are networks. */
  isByNetwork: boolean;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Limits of a route that is not in the routing table; those of the table are filled in. */
    rateLimit?: RouteLimit;
  }
  interface FastifyRequest {
    /** True while tokens are out that an answer may give back. */
    holdsTokens: boolean;
  }
}

/** What is limited by `limits`; undefined where nothing is. */
export function routeLimit(limits: readonly (Limit | null)[], isByNetwork: boolean): RouteLimit | undefined {
  const effective = limits.filter((limit) => limit !== null);
  if (effective.length === 0) return undefined;
  return {
    limits: effective,
    ofFailures: effective.filter(({ counts }) => counts === 'failures'),
    policy: policyHeader(effective),
    isByNetwork,
  };
}

/** Puts the limits of the routing table on every route under it, in this process or another. */
export function assignLimits(
  app: FastifyInstance,
  { config }: Platform,
  larges: readonly LargeRoute[],
): void {
  const named = namedLimits(config);
  app.addHook('onRoute', (route) => {
    const entry = entryOf(route.url);
    if (entry === undefined || route.config?.rateLimit !== undefined) return;
    const isUpload = larges.some(
      (large) => large.isUpload && large.path === route.url && large.method === route.method,
    );
    const usual: readonly LimitName[] = entry.limits ?? ['default'];
    const names: readonly LimitName[] = isUpload ? [...usual, 'upload'] : usual;
    const rateLimit = routeLimit(
      names.map((name) => named[name]),
      entry.auth === 'none',
    );
    if (rateLimit !== undefined) route.config = { ...route.config, rateLimit };
  });
}

/** A user when known, else a network. */
function clientOf({ identity, clientIp }: FastifyRequest, { isByNetwork }: RouteLimit): string {
  return identity === null || isByNetwork ? `network:${networkOf(clientIp)}` : `user:${identity.userId}`;
}

type Count = (limit: Limit, outcome: 'allowed' | 'refused' | 'fallback') => void;

function openStore({ redis, config }: Platform, count: Count): BucketStore {
  const now = () => performance.now();
  const local = createMemoryStore(now);
  if (redis === null) return local;
  const shared = createRedisStore(redis, config.REDIS_PREFIX);
  return createSharedStore({ shared, local, now, onFallback: (limit) => count(limit, 'fallback') });
}

function createCount({ metrics }: Platform): Count {
  const decisions = metrics.counter({
    name: 'spacedly_rate_limit_decisions_total',
    help: 'Requests judged by a rate limit; fallback counts those judged while Redis was down',
    labelNames: ['limit', 'outcome'],
  });
  return ({ name }, outcome) => decisions.inc({ limit: name, outcome });
}

/** Lets as many requests through as the limits of their routes allow, and tells each client where it stands. */
export function createAdmission(app: FastifyInstance, platform: Platform): Admission {
  const count = createCount(platform);
  const store = openStore(platform, count);
  app.decorateRequest('holdsTokens', false);
  app.addHook('onResponse', (request, reply, done) => {
    const { rateLimit } = request.route.config;
    if (request.holdsTokens && rateLimit !== undefined && !isFailure(reply.statusCode)) {
      for (const limit of rateLimit.ofFailures) void store.giveBack(limit, clientOf(request, rateLimit));
    }
    done();
  });

  return (request, reply) => {
    const { rateLimit } = request.route.config;
    if (rateLimit === undefined) return;
    const { limits, ofFailures, policy } = rateLimit;
    const judge = ({ isAllowed, levels }: Taken) => {
      reply.header('ratelimit-policy', policy).header('ratelimit', levelHeader(limits, levels));
      for (const limit of limits) count(limit, isAllowed ? 'allowed' : 'refused');
      if (!isAllowed) throw new Problem('RATE_LIMITED', { retryAfterSeconds: retryAfterSeconds(levels) });
      request.holdsTokens = ofFailures.length > 0;
    };
    const taken = store.take(limits, clientOf(request, rateLimit));
    return taken instanceof Promise ? taken.then(judge) : judge(taken);
  };
}
