import type { IncomingHttpHeaders } from 'node:http';

/** Headers about one connection, which end here (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/** Of a request also what we say ourselves of the way it came, and what was between the client and us alone. */
const STAYS_HERE = new Set([
  ...HOP_BY_HOP,
  'expect',
  'forwarded',
  'host',
  'traceparent',
  // We read the request's own trailers and pass none on.
  'trailer',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
  'x-request-id',
]);

/** Names and values in turn, as the wire has them. */
export type HeaderList = (string | string[])[];

const NONE: ReadonlySet<string> = new Set();

/** The headers that `Connection` names for this one connection; mostly none. */
function namedBy(connection: string | string[] | undefined): ReadonlySet<string> {
  if (connection === undefined || connection === 'keep-alive' || connection === 'close') return NONE;
  return new Set(
    String(connection)
      .toLowerCase()
      .split(',')
      .map((name) => name.trim()),
  );
}

/**
 * The headers of a request as they go on. What the gateway `adds` comes last and in place of the client's, so that no
 * client can set it or, by naming it in `Connection`, take it away.
 */
export function forwardedHeaders(headers: IncomingHttpHeaders, adds: Record<string, string>): HeaderList {
  const named = namedBy(headers.connection);
  const kept: HeaderList = [];
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || STAYS_HERE.has(name) || named.has(name) || name in adds) continue;
    kept.push(name, value);
  }
  for (const name in adds) kept.push(name, adds[name] as string);
  return kept;
}

/** What the gateway says in an answer that it passes on; what the upstream says itself comes in its place. */
export interface OurHeaders {
  /** Those of every answer. */
  base: Readonly<Record<string, string>>;
  /** Those of this one. */
  own: Readonly<Record<string, unknown>>;
  /** Names of those of `base` that are left out. */
  hidden?: ReadonlySet<string> | undefined;
}

/** The headers of an answer as they go back; several `set-cookie` stay several. */
export function returnedHeaders(
  headers: IncomingHttpHeaders,
  { base, own, hidden = NONE }: OurHeaders,
): HeaderList {
  const named = namedBy(headers.connection);
  const kept: HeaderList = [];
  for (const name in base) {
    const isSaid = headers[name] !== undefined || own[name] !== undefined;
    if (!isSaid && !hidden.has(name)) kept.push(name, base[name] as string);
  }
  for (const name in own) {
    // What both vary on counts; else the upstream's word does.
    const isOurs = headers[name] === undefined || name === 'connection' || name === 'vary';
    if (isOurs) kept.push(name, String(own[name]));
  }
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || HOP_BY_HOP.has(name) || named.has(name)) continue;
    if (Array.isArray(value)) for (const one of value) kept.push(name, one);
    else kept.push(name, value);
  }
  return kept;
}

/** Without the promise of trailers. */
export function withoutTrailer(list: HeaderList): HeaderList {
  return list.flatMap((entry, index) => {
    const name = index % 2 === 0 ? entry : list[index - 1];
    return name === 'trailer' ? [] : [entry];
  });
}
