import { ACCESS_COOKIE, REFRESH_COOKIE } from '@spacedly/kit';
import type { HeaderList } from '../proxy/headers.ts';
import type { ForeignRoute } from './schema.ts';

type Change = ForeignRoute['requestHeaders'];

const OUR_COOKIES = new Set([ACCESS_COOKIE, REFRESH_COOKIE]);

/** A `Cookie` header without our session, which is nobody else's; '' when nothing is left. */
export function withoutSession(cookie: string): string {
  return cookie
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => !OUR_COOKIES.has(pair.split('=', 1)[0] as string))
    .join('; ');
}

/** Takes headers off and puts others on; undefined where a route changes nothing. */
export function createDress({ set, remove }: Change): ((headers: HeaderList) => HeaderList) | undefined {
  const added = Object.entries(set);
  const dropped = new Set([...remove, ...added.map(([name]) => name)]);
  if (dropped.size === 0) return undefined;
  return (headers) => {
    const kept: HeaderList = [];
    for (let index = 0; index < headers.length; index += 2) {
      const name = headers[index] as string;
      if (!dropped.has(name)) kept.push(name, headers[index + 1] as string);
    }
    return [...kept, ...added.flat()];
  };
}

/** What a foreign server hears: never our session, and what its route says. */
export function createRequestDress(change: Change): (headers: HeaderList) => HeaderList {
  const dress = createDress(change);
  return (headers) => {
    const at = headers.findIndex((entry, index) => index % 2 === 0 && entry === 'cookie');
    if (at >= 0) {
      const cookie = withoutSession(String(headers[at + 1]));
      if (cookie === '') headers.splice(at, 2);
      else headers[at + 1] = cookie;
    }
    return dress === undefined ? headers : dress(headers);
  };
}
