import { type Config, type Db, networkOf, Problem } from '@spacedly/kit';
import { findUserByIdentifier } from '../accounts/store.ts';
import type { AuthDeps } from '../deps.ts';
import { deviceOf } from '../devices/service.ts';
import { consume } from '../limits/counters.ts';
import type { Throttle } from '../limits/rules.ts';
import { type Attempt, attempt, type Throttled, takeBack } from '../limits/throttle.ts';
import { listSessions } from '../sessions/store.ts';

const WINDOW_MS = 15 * 60_000;
const DAY_MS = 86_400_000;

/** Wrong passwords for one account from one network: after the free ones 15 minutes, 30, an hour … up to a day. */
function ofPair({ LOGIN_FAILURES }: Config): Throttle {
  return { max: LOGIN_FAILURES, windowMs: WINDOW_MS, delayMs: WINDOW_MS, maxDelayMs: DAY_MS };
}

/** Wrong passwords for one account from anywhere: unknown devices are slowed to one in a minute, never shut out. */
function ofAccount({ LOGIN_FAILURES_PER_ACCOUNT }: Config): Throttle {
  return { max: LOGIN_FAILURES_PER_ACCOUNT, windowMs: WINDOW_MS, delayMs: 1_000, maxDelayMs: 60_000 };
}

interface Who {
  identifier: string;
  ip: string;
  deviceToken: string | undefined;
}

/** Whether this device, or the network of one that is signed in now, is the owner's: neither can be forged. */
async function isOwners({ db, now }: AuthDeps, { identifier, ip, deviceToken }: Who): Promise<boolean> {
  const user = await findUserByIdentifier(db, identifier);
  if (user === null) return false;
  if ((await deviceOf(db, user.id, deviceToken)) !== null) return true;
  const sessions = await listSessions(db, user.id, now());
  return sessions.some((session) => session.ip !== null && networkOf(session.ip) === networkOf(ip));
}

export interface CountedAttempt {
  /** Successes do not count. Last in their transaction: all of a network wait for each other from here to its end. */
  succeed(tx: Db): Promise<void>;
}

/**
 * Counts the attempt before the password is looked at, so that parallel guesses cannot slip past the limits. The
 * account is named by what was typed: counting e-mail and username as one would tell that they belong together.
 * @throws Problem TOO_MANY_ATTEMPTS
 */
export async function countLogin(deps: AuthDeps, who: Who): Promise<CountedAttempt> {
  const { db, secrets, config, now } = deps;
  const network = networkOf(who.ip);
  const account = secrets.hmac(`login:${who.identifier.trim().toLowerCase()}`).slice(0, 32);
  const networkKey = `login:${network}`;
  const pair: Throttled = { key: `login:${account}:${network}`, throttle: ofPair(config) };
  const everywhere: Throttled = { key: `login:${account}`, throttle: ofAccount(config) };

  const ofNetwork = { max: config.LOGIN_FAILURES_PER_IP, windowMs: WINDOW_MS };

  /** Counts under all of them in one commit; what the account refuses does not count against the network. */
  const count = (throttled: readonly Throttled[]) =>
    db.transaction(async (tx): Promise<Attempt> => {
      const judged = await attempt(tx, throttled, now());
      if (!judged.isAllowed) return judged;
      const consumed = await consume(tx, networkKey, ofNetwork, now());
      return consumed.isAllowed ? judged : { ...consumed, isAllowed: false, refusedBy: networkKey };
    });

  let judged = await count([pair, everywhere]);
  if (!judged.isAllowed && judged.refusedBy === everywhere.key && (await isOwners(deps, who))) {
    judged = await count([pair]);
  }
  if (!judged.isAllowed) {
    throw new Problem('TOO_MANY_ATTEMPTS', { retryAfterSeconds: judged.retryAfterSeconds });
  }
  return {
    succeed: (tx) => takeBack(tx, { pardoned: pair.key, throttled: everywhere.key, counted: networkKey }),
  };
}
