import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** Of the connection to API Gateway, which read the body already (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = /^(connection|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade|expect)$/i;

/** API Gateway hands paths over decoded; what a URL cannot hold as it is must be escaped again. */
const escapePath = (path: string) => path.replace(/[^\x21-\x7e]+|[?#"<>\\^`{|}]/g, encodeURIComponent);

/** `encodeURIComponent` throws at half a surrogate pair. */
const pathOf = (rawPath: string) => escapePath(rawPath.toWellFormed());

/**
 * The event as a server would have read the request. The query goes along as it was sent: in the parsed one two values
 * of a name look like one with a comma. Addresses that the client names are dropped, as API Gateway names its own.
 */
export function toRequest(event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 {
  const { queryStringParameters: _, ...rest } = event;
  const headers = Object.fromEntries(
    Object.entries(event.headers).filter(
      ([name]) => !HOP_BY_HOP.test(name) && !/^x-forwarded-for$/i.test(name),
    ),
  );
  const path = pathOf(event.rawPath);
  return {
    ...rest,
    headers,
    rawPath: event.rawQueryString === '' ? path : `${path}?${event.rawQueryString}`,
  };
}

/** Text goes as it is, which spares a third; everything else would be broken by being read as text. */
export const isBinary = ({ headers }: { headers: Record<string, unknown> }) =>
  (headers['content-encoding'] ?? 'identity') !== 'identity' ||
  !/^(text\/|application\/(problem\+)?json|application\/javascript|image\/svg)/.test(
    String(headers['content-type'] ?? 'text/'),
  );
