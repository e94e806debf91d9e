import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Problem } from '../problem.ts';

/** `host [":" port]` (RFC 9112, section 3.2; RFC 3986, section 3.2.2): a name, IPv4, or IPv6 in brackets; may be empty. */
const HOST = /^(?:\[[0-9a-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d{0,5})?$/i;

/** HTTP/1.1 wants exactly one Host that is one (RFC 9112, section 3.2): with two, the next server might read the other one. */
function hasOneHost({ rawHeaders, httpVersion }: IncomingMessage): boolean {
  let count = 0;
  let value = '';
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    if (name.length !== 4 || name.toLowerCase() !== 'host') continue;
    count += 1;
    value = rawHeaders[index + 1] as string;
  }
  return (count === 1 && HOST.test(value)) || (count === 0 && httpVersion === '1.0');
}

/** What is wrong with the head of a request that two servers could read in two ways; undefined when nothing is. */
export function problemOfHead(request: IncomingMessage): Problem | undefined {
  if (!hasOneHost(request)) return new Problem('MALFORMED_REQUEST', { detail: 'Send one Host' });
  const coding = request.headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') {
    return new Problem('MALFORMED_REQUEST', { detail: 'No Transfer-Encoding but chunked is understood' });
  }
  return undefined;
}

/**
 * Tells clients that ask first (`Expect: 100-continue`) to go on when their body is wanted, not before: one that is refused
 * for its length or its sender is never sent. Node ends the connection after such an answer, as nobody could tell then
 * whether what follows is the body or the next request (RFC 9110, section 10.1.1).
 */
export function continueWhenRead(server: Server): void {
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    const { _read: read } = request;
    request._read = (size) => {
      request._read = read;
      if (!response.headersSent) response.writeContinue();
      read.call(request, size);
    };
    server.emit('request', request, response);
  });
}
