import type { IncomingMessage } from 'node:http';
import { ConfigError, type Platform, Problem, UPLOAD_BODY_MS } from '@spacedly/kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { targetOf } from '../proxy/forward.ts';
import { METHODS } from '../proxy/routes.ts';
import type { UpstreamGroup } from '../proxy/upstream-group.ts';
import { pathOf } from './match.ts';
import { readForeignRoutes } from './read.ts';
import { acceptUpgrades } from './upgrades.ts';
import { type ForeignVersion, type OpenRoute, openVersion } from './version.ts';

/** Requests that a foreign route matches are routed by this address; nobody else gets anything there. */
const FOREIGN = '/@foreign';

const MATCH = Symbol('match');

/** A request that knows its route. A WeakMap in its place is one more table for the garbage collector to go through. */
interface Matched extends IncomingMessage {
  [MATCH]?: OpenRoute | 'refused';
}

/** Which version answers, and the ones before it that are still busy. */
function keepVersions(first: ForeignVersion, platform: Platform) {
  const retired = new Set<ForeignVersion>();
  let current = first;
  const load = async () => {
    const next = await openVersion(await readForeignRoutes(platform.config), platform);
    await next.ready();
    const previous = current;
    current = next;
    retired.add(previous);
    void previous.retire().then(() => retired.delete(previous));
    platform.log.info({ routes: next.groups.length }, 'the routes to foreign servers were read again');
  };
  let turn: Promise<void> = Promise.resolve();
  return {
    get current() {
      return current;
    },
    all: () => [current, ...retired],
    /** One after the other, so that the last one asked for is the one that stays. */
    reload: () => {
      turn = turn.then(load, load);
      return turn;
    },
  };
}

function createHandler(switching: ReturnType<typeof acceptUpgrades>) {
  return (request: FastifyRequest, reply: FastifyReply): Promise<void> | void => {
    const route = (request.raw as Matched)[MATCH];
    if (route === undefined) throw new Problem('NOT_FOUND');
    if (route === 'refused')
      throw new Problem('MALFORMED_REQUEST', { detail: 'Send a path without parts of dots' });
    const wish = switching(request.raw);
    return wish === undefined ? route.forward(request, reply) : route.upgrade(request, reply, wish);
  };
}

/**
 * Passes requests on to servers that are none of ours, as the configuration says, and reads it again when it is asked to:
 * a request stays with the version that it began with.
 * @returns the upstreams of the moment
 * @throws ConfigError when the configuration is wrong
 */
export async function foreignRoutes(
  app: FastifyInstance,
  platform: Platform,
): Promise<() => readonly UpstreamGroup[]> {
  const { log } = platform;
  const first = await openVersion(await readForeignRoutes(platform.config), platform);
  const versions = keepVersions(first, platform);
  const match = ({ url = '', headers }: IncomingMessage) =>
    url === '*' || versions.current.groups.length === 0
      ? null
      : versions.current.match(headers.host, pathOf(targetOf(url)));

  app.entrance.rewrite = (request: Matched) => {
    const matched = match(request);
    if (matched === null) return undefined;
    request[MATCH] = matched;
    return FOREIGN;
  };
  app.entrance.reload = () =>
    versions.reload().catch((error) => {
      if (!(error instanceof ConfigError)) throw error;
      log.error({ issues: error.issues }, 'the new configuration is refused; the old one stays');
    });
  const switching = acceptUpgrades(app, (request) => {
    const matched = match(request);
    return matched !== null && matched !== 'refused' && matched.takesWebSockets;
  });
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.route({
      method: METHODS,
      url: FOREIGN,
      exposeHeadRoute: false,
      config: {
        auth: 'none',
        bodyMs: UPLOAD_BODY_MS,
        resolve: (request: Matched) => {
          const matched = request[MATCH];
          return matched === undefined || matched === 'refused'
            ? { url: undefined, config: {} }
            : matched.route;
        },
      },
      handler: createHandler(switching),
    });
  });
  app.addHook('preClose', (done) => {
    for (const version of versions.all()) version.stop();
    done();
  });
  app.addHook(
    'onClose',
    async () => void (await Promise.all(versions.all().map((version) => version.close()))),
  );
  return () => versions.all().flatMap(({ groups }) => groups);
}
