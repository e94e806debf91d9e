import type { IncomingMessage } from 'node:http';
import { type Readable, Transform } from 'node:stream';
import { Problem } from '@spacedly/kit';

/** Counts what passes and breaks off as soon as it is too much. */
function limited(limitBytes: number): Transform {
  let seenBytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seenBytes += chunk.length;
      if (seenBytes > limitBytes) done(new Problem('PAYLOAD_TOO_LARGE'));
      else done(null, chunk);
    },
  });
}

/**
 * The body of a request as a stream, or null where it has none. Never held in memory.
 * @throws Problem PAYLOAD_TOO_LARGE at once when its declared length is over the limit; a body of undeclared length
 *   fails the stream with it on the way
 */
export function bodyOf(request: IncomingMessage, limitBytes: number): Readable | null {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (encoding === undefined) {
    if (length === undefined || length === '0') return null;
    if (Number(length) > limitBytes) throw new Problem('PAYLOAD_TOO_LARGE');
    return request;
  }
  const counted = limited(limitBytes);
  // Not `pipeline`: it would destroy the request, and with it the socket that must still carry the answer.
  request.on('error', (error) => counted.destroy(error));
  request.on('aborted', () => counted.destroy(new Error('the client went away')));
  counted.on('error', () => request.unpipe(counted));
  return request.pipe(counted);
}
