import type { Platform, RequestRoute } from '@spacedly/kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { namedLimits } from '../policies/rate-limit/limits.ts';
import { routeLimit } from '../policies/rate-limit/policy.ts';
import { type Limit, parseLimit } from '../policies/rate-limit/rules.ts';
import { PAGE_HEADERS } from '../policies/security-headers.ts';
import { createForward, type ForwardOptions } from '../proxy/forward.ts';
import type { Upstream, UpstreamOptions } from '../proxy/upstream.ts';
import { createGroup, type UpstreamGroup } from '../proxy/upstream-group.ts';
import { createDress, createRequestDress } from './headers.ts';
import { createMatch, type Matcher, stripPath } from './match.ts';
import type { ForeignRoute } from './schema.ts';
import { createUpgrade, type Switching } from './web-socket.ts';

/** A route that takes requests. */
export interface OpenRoute extends Matcher {
  route: RequestRoute;
  takesWebSockets: boolean;
  forward(request: FastifyRequest, reply: FastifyReply): void;
  upgrade(request: FastifyRequest, reply: FastifyReply, switching: Switching): Promise<void>;
}

/** What the configuration said at one time, and the connections made for it. */
export interface ForeignVersion {
  match: ReturnType<typeof createMatch<OpenRoute>>;
  groups: readonly UpstreamGroup[];
  /** Waits until every active check has been made once, so that a version starts with what is known of its upstreams. */
  ready(): Promise<void>;
  /** Ends the active checks and whatever has no end of its own. */
  stop(): void;
  /** Waits for what is under way, then closes the connections. */
  close(): Promise<void>;
  /** Does both once nothing is under way any more, however long that takes. */
  retire(): Promise<void>;
}

function limitOf({ name, limit }: ForeignRoute, { config }: Platform): Limit | null {
  const named = namedLimits(config);
  if (limit in named) return named[limit as keyof typeof named];
  const size = parseLimit(limit);
  return size && { name, ...size, counts: 'requests', onOutage: 'open' };
}

type OpenUpstream = (options: UpstreamOptions) => Upstream;

function openGroup(settings: ForeignRoute, openUpstream: OpenUpstream, { log }: Platform): UpstreamGroup {
  const { name, upstreams, timeouts, healthCheck: check } = settings;
  const open = ({ url, weight }: { url: string; weight: number }) => ({
    upstream: openUpstream({ url, connectMs: timeouts.connectMs, log }),
    weight,
  });
  return createGroup({ name, upstreams: upstreams.map(open), check, log });
}

/** These are about our own pages; a foreign server knows what its pages need. */
const HIDDEN: ReadonlySet<string> = new Set(PAGE_HEADERS);

function openRoute(settings: ForeignRoute, group: UpstreamGroup, platform: Platform): OpenRoute {
  const { name, host, path, prefix, auth, permission, scope = null, bodyBytes, timeouts, retries } = settings;
  const rateLimit = routeLimit([limitOf(settings, platform)], auth === 'none');
  const options: ForwardOptions = {
    group,
    protocol: new URL(platform.config.PUBLIC_URL).protocol.slice(0, -1),
    limits: { bodyBytes, answerMs: timeouts.answerMs, silenceMs: timeouts.silenceMs },
    mayRetry: retries,
    rewrite: prefix === 'strip' ? (target) => stripPath(target, path) : undefined,
    dressRequest: createRequestDress(settings.requestHeaders),
    dressAnswer: createDress(settings.answerHeaders),
    hides: HIDDEN,
  };
  return {
    host,
    path,
    route: {
      url: `foreign:${name}`,
      config: { auth, permission, scope, isPassedOn: true, ...(rateLimit && { rateLimit }) },
    },
    takesWebSockets: settings.webSockets,
    forward: createForward(options),
    upgrade: createUpgrade(options),
  };
}

const LOOK_MS = 500;

async function openGroups(settings: readonly ForeignRoute[], platform: Platform) {
  if (settings.length === 0) return [];
  // Where nothing is passed on, the client that does so is never loaded.
  const { openUpstream } = await import('../proxy/upstream.ts');
  return settings.map((one) => ({ settings: one, group: openGroup(one, openUpstream, platform) }));
}

/** Opens the routes of one reading of the configuration. */
export async function openVersion(
  settings: readonly ForeignRoute[],
  platform: Platform,
): Promise<ForeignVersion> {
  const opened = await openGroups(settings, platform);
  const groups = opened.map(({ group }) => group);
  const upstreams = groups.flatMap(({ members }) => members.map(({ upstream }) => upstream));
  const stopChecks = () => {
    for (const group of groups) group.stop();
  };
  let closing: Promise<unknown> | null = null;
  const close = async () => {
    closing ??= Promise.all(upstreams.map((upstream) => upstream.close()));
    await closing;
  };
  return {
    match: createMatch(opened.map((one) => openRoute(one.settings, one.group, platform))),
    groups,
    ready: async () => void (await Promise.all(groups.map((group) => group.checked))),
    stop() {
      stopChecks();
      for (const { endless } of upstreams) for (const end of endless) end();
    },
    close,
    async retire() {
      stopChecks();
      await new Promise<void>((resolve) => {
        const timer = setInterval(() => {
          if (upstreams.some(({ pending }) => pending > 0)) return;
          clearInterval(timer);
          resolve();
        }, LOOK_MS).unref();
      });
      await close();
    },
  };
}
