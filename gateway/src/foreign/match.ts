import { isUnder, routingTable, SERVER_PREFIXES } from '../routing-table.ts';

/** What a route matches. */
export interface Matcher {
  /** Exact, or `*.example.com` for every name below it; undefined for any. */
  host?: string | undefined;
  /** Itself and everything below it. */
  path: string;
}

/** Addresses of our own, that no route without a host takes away. `/v1` itself is shared: services may live below it. */
const OWN_PREFIXES = [
  ...SERVER_PREFIXES.filter((prefix) => prefix !== '/v1'),
  ...routingTable.map(({ prefix }) => prefix),
];

/** The prefix of ours that a path is or lies under. */
export function ownPrefixOf(path: string): string | undefined {
  return OWN_PREFIXES.find((prefix) => isUnder(path, prefix));
}

const isBelow = (path: string, prefix: string) => prefix === '/' || isUnder(path, prefix);

/**
 * A path as upstreams may read it: escapes undone, `//` and `\` as one slash. Routes are found by this, or one that
 * needs no sign-in could be used to reach what another one guards (`/api/%61dmin`, `/api//admin`).
 * @returns undefined for one that has no meaning
 */
export function readPath(rawPath: string): string | undefined {
  if (!/[%\\]|\/\//.test(rawPath)) return rawPath;
  try {
    return decodeURIComponent(rawPath)
      .replaceAll('\\', '/')
      .replace(/\/{2,}/g, '/');
  } catch {
    return undefined;
  }
}

const hasDots = (path: string) => path.includes('/.') && /\/\.{1,2}(\/|$)/.test(path);

/** With its parts of dots worked out, as servers do that do not refuse them. */
const withoutDots = (path: string) => new URL(path.replace(/[?#]/g, '-'), 'http://x').pathname;

function rank({ host, path }: Matcher): number {
  const byHost = host === undefined ? 0 : host.startsWith('*') ? 1 : 2;
  return byHost * 1_000_000 + (byHost === 1 ? (host as string).length * 1_000 : 0) + path.length;
}

function isHost(host: string, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  return wanted.startsWith('*') ? host.endsWith(wanted.slice(1)) : host === wanted;
}

/** `App.Example.com.:8080` → `app.example.com`. */
const hostOf = (header: string) => header.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '');

/** The path of an address, without its query. */
export function pathOf(target: string): string {
  const end = target.search(/[?#]/);
  return end < 0 ? target : target.slice(0, end);
}

/**
 * Finds the route of a request: exact hosts before patterns before none, longer paths before shorter.
 * @returns the function that does; it answers null where no route is meant and `refused` for a path of dots, which
 *   would mean one thing here and another behind
 */
export function createMatch<M extends Matcher>(matchers: readonly M[]) {
  const ordered = [...matchers].sort((one, other) => rank(other) - rank(one));
  const find = (host: string, path: string) =>
    ordered.find(
      (matcher) =>
        isHost(host, matcher.host) &&
        isBelow(path, matcher.path) &&
        (matcher.host !== undefined || ownPrefixOf(path) === undefined),
    );
  // Mostly everybody names the same host.
  let last = { header: '', host: '' };
  return (hostHeader: string | undefined, rawPath: string): M | 'refused' | null => {
    const path = readPath(rawPath);
    if (path === undefined) return null;
    const header = hostHeader ?? '';
    if (header !== last.header) last = { header, host: hostOf(header) };
    const { host } = last;
    if (!hasDots(path)) return find(host, path) ?? null;
    return find(host, path) !== undefined || find(host, withoutDots(path)) !== undefined ? 'refused' : null;
  };
}

/**
 * Takes a route's path off the beginning of an address.
 * @param target path and query as the request has them, below `path` as `readPath` reads it
 */
export function stripPath(target: string, path: string): string {
  if (path === '/') return target;
  const end = target.search(/[?#]|$/);
  for (let at = 1; at <= end; at += 1) {
    const isEdge =
      at === end || target[at] === '/' || target[at] === '\\' || /^%(2f|5c)/i.test(target.slice(at, at + 3));
    if (!isEdge || readPath(target.slice(0, at)) !== path) continue;
    const rest = target.slice(at);
    return rest.startsWith('/') ? rest : `/${rest}`;
  }
  return target;
}
