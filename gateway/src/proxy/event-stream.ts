import type { ServerResponse } from 'node:http';

const EVENT_STREAM = 'text/event-stream';
/** Spread over this time, so that the clients of a gateway that goes away do not come back all at once. */
const RETRY_MIN_MS = 500;
const RETRY_MAX_MS = 3_000;
/** As long as the longest end of an event. */
const TAIL_CHARACTERS = 4;

export function isEventStream(contentType: string | string[] | undefined): boolean {
  return String(contentType).startsWith(EVENT_STREAM);
}

/** The end of what was sent so far, as much of it as `endsEvent` needs. */
export function tailOf(tail: string, chunk: Buffer): string {
  return (tail + chunk.subarray(-TAIL_CHARACTERS).toString('latin1')).slice(-TAIL_CHARACTERS);
}

/** Whether it ends between two events (HTML, section 9.2.5), where a word of our own does no harm. */
export function endsEvent(tail: string): boolean {
  return tail === '' || /(?:\n\n|\r\r|\r\n\r\n)$/.test(tail);
}

/**
 * Ends a stream of events in order: tells the client when to come back, where that does not cut an event in two.
 * @param tail as `tailOf` gives it
 * @param random gives a number from 0, below 1
 */
export function endEventStream(response: ServerResponse, tail: string, random: () => number): void {
  const retryMs = Math.round(RETRY_MIN_MS + random() * (RETRY_MAX_MS - RETRY_MIN_MS));
  response.end(endsEvent(tail) ? `retry: ${retryMs}\n\n` : undefined);
}
