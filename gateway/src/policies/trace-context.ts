/** version 00, trace id, parent id, flags; ids of zeros are not ids (W3C Trace Context, section 3.2). */
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/;
const SAMPLED = '01';

/**
 * The `traceparent` of what we pass on: the caller's trace continued, or a new one where it has none.
 * @param randomHex gives `bytes` random bytes as lower-case hex
 */
export function nextTraceparent(given: unknown, randomHex: (bytes: number) => string): string {
  const [, traceId, flags] = (typeof given === 'string' && TRACEPARENT.exec(given)) || [];
  return `00-${traceId ?? randomHex(16)}-${randomHex(8)}-${flags ?? SAMPLED}`;
}
