/** A bucket of `capacity` tokens that fills up evenly within `windowMs` (token bucket; as GCRA, ITU-T I.371). */
export interface Limit {
  /** Names the bucket in headers, metrics and keys; a fixed, small set. */
  name: string;
  capacity: number;
  /** From empty to full. */
  windowMs: number;
  /** `failures` gives the token of an answer back that was no failure: see `isFailure`. */
  counts: 'requests' | 'failures';
  /** What happens while the store that all instances share is down: each counts alone, or nobody is let in. */
  onOutage: 'open' | 'closed';
}

/** What a bucket says after it was asked for a token. */
export interface Level {
  /** Whole tokens that are left. */
  remaining: number;
  /** Until it is full again. */
  fullInMs: number;
  /** Until it has a token; 0 where it had one. */
  retryInMs: number;
}

/**
 * Sums of fractions of milliseconds must cost neither a token nor a second. A microsecond is what Redis counts in, and
 * more than such a sum is off by after a year.
 */
const EPSILON_MS = 1e-3;

/**
 * The whole state of a bucket is the instant at which it is full again: it needs nothing while it is idle, and one
 * that is full is one that is not stored.
 * @param fullAt that instant in milliseconds; anything up to `now` for a full one
 * @returns the same instant once a token is taken, or null when there is none to take
 */
export function takeToken(fullAt: number, now: number, { capacity, windowMs }: Limit): number | null {
  const next = Math.max(fullAt, now) + windowMs / capacity;
  return next - now > windowMs + EPSILON_MS ? null : next;
}

/** What a bucket holds that is full at `fullAt`. */
export function levelAt(fullAt: number, now: number, { capacity, windowMs }: Limit): Level {
  const fullInMs = Math.max(0, fullAt - now);
  const intervalMs = windowMs / capacity;
  return {
    remaining: Math.max(0, Math.floor((windowMs - fullInMs + EPSILON_MS) / intervalMs)),
    fullInMs,
    retryInMs: Math.max(0, fullInMs + intervalMs - windowMs),
  };
}

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * Reads `100/10s`, `5/15m`, `3/h`; null for `off`.
 * @param text as the configuration has checked it
 */
export function parseLimit(text: string): Pick<Limit, 'capacity' | 'windowMs'> | null {
  const [, capacity, count, unit] = /^(\d+)\/(\d*)([smhd])$/.exec(text) ?? [];
  if (capacity === undefined) return null;
  const windowMs = Number(count || 1) * UNITS[unit as keyof typeof UNITS];
  return { capacity: Number(capacity), windowMs };
}

/** What an answer of an upstream says of a try: that a password, a code or a token was wrong. */
const FAILURES = new Set([400, 401, 403, 404, 410, 422]);

export function isFailure(status: number): boolean {
  return FAILURES.has(status);
}

const seconds = (ms: number) => Math.ceil(Math.max(0, ms - EPSILON_MS) / 1_000);

/** `Retry-After` (RFC 9110, section 10.2.3): whole seconds until every bucket has a token. */
export function retryAfterSeconds(levels: readonly Level[]): number {
  return seconds(Math.max(...levels.map(({ retryInMs }) => retryInMs)));
}

/** `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-10, section 3): quota `q` within `w` seconds. */
export function policyHeader(limits: readonly Limit[]): string {
  return limits
    .map(({ name, capacity, windowMs }) => `"${name}";q=${capacity};w=${seconds(windowMs)}`)
    .join(', ');
}

/** `RateLimit` (section 4 of the draft): `r` requests are left, and `t` seconds until all of the quota is there again. */
export function levelHeader(limits: readonly Limit[], levels: readonly Level[]): string {
  let text = '';
  for (let index = 0; index < levels.length; index += 1) {
    const { remaining, fullInMs } = levels[index] as Level;
    text += `${index === 0 ? '' : ', '}"${limits[index]?.name}";r=${remaining};t=${seconds(fullInMs)}`;
  }
  return text;
}
