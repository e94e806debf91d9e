import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { hasBody, Problem } from '@spacedly/kit';

/** What is read of a request's body, and how far. */
export interface RequestBody extends Readable {
  /** Nothing was asked for yet, so that the same request may still be sent elsewhere. */
  readonly isUntouched: boolean;
}

/**
 * Stands between a request and whoever reads its body: an upstream that answers before it has read everything destroys
 * its source, which must not be the request, whose socket still has to carry the answer.
 */
class LimitedBody extends Readable implements RequestBody {
  isUntouched = true;
  private seenBytes = 0;
  private readonly request: IncomingMessage;
  private readonly limitBytes: number;

  constructor(request: IncomingMessage, limitBytes: number) {
    super();
    this.request = request;
    this.limitBytes = limitBytes;
    this.on('error', () => {});
    this.request.once('error', (error) => this.destroy(error));
    this.request.once('aborted', () => this.destroy(new Error('the client went away')));
  }

  private readonly onData = (chunk: Buffer) => {
    this.seenBytes += chunk.length;
    if (this.seenBytes > this.limitBytes) this.destroy(new Problem('PAYLOAD_TOO_LARGE'));
    else if (!this.push(chunk)) this.request.pause();
  };

  private readonly onEnd = () => void this.push(null);

  override _read(): void {
    if (this.isUntouched) {
      this.isUntouched = false;
      this.request.on('data', this.onData).once('end', this.onEnd);
    }
    this.request.resume();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.isUntouched) this.discard();
    done(error);
  }

  /** The rest is read and dropped: an unread request would block its connection, unnoticed even when the client is gone. */
  discard(): void {
    this.request.off('data', this.onData).off('end', this.onEnd).resume();
  }
}

/**
 * The body of a request as a stream, or null where it has none. Never held in memory, and counted as it passes.
 * @throws Problem PAYLOAD_TOO_LARGE at once when its declared length is over the limit; a body of undeclared length
 *   fails the stream with it on the way
 */
export function bodyOf(request: IncomingMessage, limitBytes: number): RequestBody | null {
  if (!hasBody(request)) return null;
  if (Number(request.headers['content-length']) > limitBytes) throw new Problem('PAYLOAD_TOO_LARGE');
  return new LimitedBody(request, limitBytes);
}
