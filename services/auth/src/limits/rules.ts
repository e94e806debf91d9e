/** Failed attempts under a key, see the table `login_throttles`. */
export interface ThrottleState {
  failures: number;
  windowStart: Date;
  /** How often it was blocked since it was last quiet; each doubles the wait. */
  strikes: number;
  blockedUntil: Date | null;
  updatedAt: Date;
}

export interface Throttle {
  /** Failures that are free in a window. */
  max: number;
  windowMs: number;
  /** The first wait; each failure after it doubles the next, up to `maxDelayMs`. */
  delayMs: number;
  maxDelayMs: number;
}

/** After a day without an attempt everything is forgotten. */
const QUIET_MS = 24 * 3_600_000;

export type ThrottleDecision =
  | { isAllowed: true; next: ThrottleState }
  | { isAllowed: false; retryAfterSeconds: number };

function blocked(strikes: number, { delayMs, maxDelayMs }: Throttle, now: Date): Date {
  return new Date(now.getTime() + Math.min(maxDelayMs, delayMs * 2 ** Math.min(strikes, 30)));
}

/**
 * May another attempt be made, and what is then to be remembered? An attempt counts as a failure before it is looked
 * at, so that parallel ones cannot slip past; a success takes it back.
 */
export function decideAttempt(state: ThrottleState | null, throttle: Throttle, now: Date): ThrottleDecision {
  const isQuiet = state === null || now.getTime() - state.updatedAt.getTime() >= QUIET_MS;
  if (isQuiet) return allow({ failures: 0, strikes: 0, windowStart: now }, throttle, now);
  const waitMs = (state.blockedUntil?.getTime() ?? 0) - now.getTime();
  if (waitMs > 0) return { isAllowed: false, retryAfterSeconds: Math.ceil(waitMs / 1_000) };
  const isNewWindow = now.getTime() - state.windowStart.getTime() >= throttle.windowMs;
  // Once blocked, there are no free failures any more until it was quiet.
  if (isNewWindow && state.strikes === 0) {
    return allow({ failures: 0, strikes: 0, windowStart: now }, throttle, now);
  }
  return allow(state, throttle, now);
}

function allow(
  { failures, strikes, windowStart }: Pick<ThrottleState, 'failures' | 'strikes' | 'windowStart'>,
  throttle: Throttle,
  now: Date,
): ThrottleDecision {
  const isSpent = failures + 1 >= throttle.max;
  return {
    isAllowed: true,
    next: {
      failures: failures + 1,
      windowStart,
      strikes: isSpent ? strikes + 1 : strikes,
      blockedUntil: isSpent ? blocked(strikes, throttle, now) : null,
      updatedAt: now,
    },
  };
}
