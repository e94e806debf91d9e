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
 *
 * The stream stands between the request and whoever reads it: an upstream that answers before it has read everything
 * destroys its source, which must not be the request, whose socket still has to carry the answer.
 * @throws Problem PAYLOAD_TOO_LARGE at once when its declared length is over the limit; a body of undeclared length
 *   fails the stream with it on the way
 */
export function bodyOf(request: IncomingMessage, limitBytes: number): Readable | null {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (encoding === undefined) {
    if (length === undefined || length === '0') return null;
    if (Number(length) > limitBytes) throw new Problem('PAYLOAD_TOO_LARGE');
  }
  const body = limited(limitBytes);
  request.once('error', (error) => body.destroy(error));
  request.once('aborted', () => body.destroy(new Error('the client went away')));
  body.once('error', () => {});
  // The rest is read and dropped: an unread request would block its connection, unnoticed even when the client is gone.
  body.once('close', () => {
    request.unpipe(body);
    request.resume();
  });
  return request.pipe(body);
}
