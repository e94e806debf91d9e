import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** Headers about one connection, which end here (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What we say ourselves of the way a request came, and what was between the client and us alone. */
const OURS = new Set([
  'expect',
  'forwarded',
  'host',
  'traceparent',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
  'x-request-id',
]);

function withoutHops(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = headers.connection?.toLowerCase().split(',') ?? [];
  const dropped = named.map((name) => name.trim());
  const kept: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !HOP_BY_HOP.has(name) && !dropped.includes(name)) kept[name] = value;
  }
  return kept;
}

/**
 * The headers of a request as they go on. What the gateway `adds` is set last, so that no client can set it or,
 * by naming it in `Connection`, take it away.
 */
export function forwardedHeaders(
  headers: IncomingHttpHeaders,
  adds: Record<string, string>,
): Record<string, string | string[]> {
  const kept = withoutHops(headers);
  for (const name of OURS) delete kept[name];
  return { ...(kept as Record<string, string | string[]>), ...adds };
}

/** The headers of an answer as they go back; several `set-cookie` stay several. */
export function returnedHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return withoutHops(headers);
}
