import { neededServiceUrls, type Platform, SCOPE_OF_SERVICE, UPLOAD_BODY_MS } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { LargeRoute, RoutingEntry } from '../routing-table.ts';
import { createForward, FORWARD_LIMITS, type ForwardLimits } from './forward.ts';
import type { HealthCheck } from './health-check.ts';
import { createGroup, type UpstreamGroup } from './upstream-group.ts';

export interface ProxyLimits extends ForwardLimits {
  connectMs: number;
}

const LIMITS: ProxyLimits = { ...FORWARD_LIMITS, connectMs: 1_000 };
/** Those that requests may have on their way to others. */
export const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** Where a service runs several times, one that drains or lost its database gets no more requests. */
const CHECK: HealthCheck = {
  path: '/health/ready',
  intervalMs: 1_000,
  timeoutMs: 2_000,
  unhealthyAfter: 2,
  healthyAfter: 1,
};

export interface ProxyOptions {
  entries: readonly RoutingEntry[];
  /** Routes below these entries that take larger bodies. */
  larges?: readonly LargeRoute[];
  limits?: ProxyLimits;
}

/** The ways to each service that is named. */
async function openGroups({ entries, limits = LIMITS }: ProxyOptions, { config, log }: Platform) {
  const groups = new Map<string, UpstreamGroup>();
  if (entries.length === 0) return groups;
  // Where nothing is passed on, the client that does so is never loaded.
  const { openUpstream } = await import('./upstream.ts');
  for (const name of new Set(entries.map(({ service }) => service))) {
    const urls = neededServiceUrls(config, name);
    const upstreams = urls.map((url) => ({
      upstream: openUpstream({ url, connectMs: limits.connectMs, log }),
      weight: 1,
    }));
    const check = urls.length > 1 ? CHECK : undefined;
    groups.set(name, createGroup({ name, upstreams, check, log }));
  }
  return groups;
}

function closeWith(app: FastifyInstance, groups: Iterable<UpstreamGroup>): void {
  const upstreams = [...groups].flatMap(({ members }) => members.map(({ upstream }) => upstream));
  app.addHook('preClose', (done) => {
    for (const group of groups) group.stop();
    for (const { endless } of upstreams) for (const end of endless) end();
    done();
  });
  app.addHook('onClose', async () => void (await Promise.all(upstreams.map((upstream) => upstream.close()))));
}

/**
 * Passes requests on to the services that run in other processes, streaming both ways.
 * @returns the ways there
 * @throws ConfigError when the address of a needed service is not configured
 */
export async function proxyRoutes(
  app: FastifyInstance,
  platform: Platform,
  options: ProxyOptions,
): Promise<readonly UpstreamGroup[]> {
  const { entries, larges = [], limits = LIMITS } = options;
  const groups = await openGroups(options, platform);
  const protocol = new URL(platform.config.PUBLIC_URL).protocol.slice(0, -1);
  const forwardTo = (group: UpstreamGroup, bodyBytes: number) =>
    createForward({ group, protocol, proof: platform.serviceTokens.issue, limits: { ...limits, bodyBytes } });
  await app.register(async (scope) => {
    // Bodies are passed on as they are: whoever owns the route reads them. Elsewhere the JSON parser stays.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    for (const { prefix, service, auth } of entries) {
      const handler = forwardTo(groups.get(service) as UpstreamGroup, limits.bodyBytes);
      const config = { auth, scope: SCOPE_OF_SERVICE, isPassedOn: true } as const;
      const route = { method: METHODS, config, exposeHeadRoute: false, handler };
      for (const url of [prefix, `${prefix}/*`]) {
        // One that takes larger bodies may lie right at the prefix, and has a route of its own below.
        const own = larges.filter((large) => large.path === url).map((large) => large.method as string);
        scope.route({ ...route, method: METHODS.filter((method) => !own.includes(method)), url });
      }
    }
    for (const { isUpload, method, path: url, service, auth, bodyBytes } of larges) {
      const group = groups.get(service);
      if (group === undefined) continue;
      const time = isUpload && { bodyMs: UPLOAD_BODY_MS };
      const config = { auth, scope: SCOPE_OF_SERVICE, isPassedOn: true, ...time } as const;
      scope.route({ method, url, config, bodyLimit: bodyBytes, handler: forwardTo(group, bodyBytes) });
    }
  });
  const opened = [...groups.values()];
  closeWith(app, opened);
  return opened;
}
