import { type Config, type Db, networkOf, Problem } from '@spacedly/kit';
import type { AuthDeps, Origin } from '../deps.ts';
import { FAMILIAR_MS } from '../devices/rules.ts';
import { type Throttled, takeBack } from '../limits/throttle.ts';
import { listSessions } from '../sessions/store.ts';
import { type Account, createCountTry } from './store-count.ts';

const WINDOW_MS = 15 * 60_000;
const DAY_MS = 86_400_000;

/** Wrong passwords for one account from one network: after the free ones 15 minutes, 30, an hour … up to a day. */
function ofPair({ LOGIN_FAILURES }: Config): Omit<Throttled, 'key'> {
  return { max: LOGIN_FAILURES, windowMs: WINDOW_MS, delayMs: WINDOW_MS, maxDelayMs: DAY_MS };
}

/** Wrong passwords for one account from anywhere: unknown devices are slowed to one in a minute, never shut out. */
function ofAccount({ LOGIN_FAILURES_PER_ACCOUNT }: Config): Omit<Throttled, 'key'> {
  return { max: LOGIN_FAILURES_PER_ACCOUNT, windowMs: WINDOW_MS, delayMs: 1_000, maxDelayMs: 60_000 };
}

interface Who {
  identifier: string;
  origin: Origin;
  deviceToken: string | undefined;
}

/** Whether this device, or the network of one that is signed in now, is the owner's: neither can be forged. */
async function isOwners({ db, now }: AuthDeps, account: Account | null, ip: string): Promise<boolean> {
  if (account === null) return false;
  if (account.deviceId !== null) return true;
  const sessions = await listSessions(db, account.user.id, now());
  return sessions.some((session) => session.ip !== null && networkOf(session.ip) === networkOf(ip));
}

/** What an attempt counted under, to be taken back when it was right: successes do not count. */
export interface CountedAttempt {
  account: Account | null;
  keys: Parameters<typeof takeBack>[1];
  /** Last in their transaction: all of a network wait for each other from here to its end. */
  succeed(tx: Db): Promise<void>;
}

/**
 * Counts the attempt before the password is looked at, so that parallel guesses cannot slip past the limits. The
 * account is named by what was typed: counting e-mail and username as one would tell that they belong together.
 * @throws Problem TOO_MANY_ATTEMPTS, from what is returned
 */
export function createCountLogin(deps: AuthDeps): (who: Who) => Promise<CountedAttempt> {
  const { db, secrets, config, now } = deps;
  const countTry = createCountTry(db);
  return async ({ identifier, origin, deviceToken }) => {
    const network = networkOf(origin.ip);
    const account = secrets.hmac(`login:${identifier.trim().toLowerCase()}`).slice(0, 32);
    const ofNetwork = { key: `login:${network}`, max: config.LOGIN_FAILURES_PER_IP, windowMs: WINDOW_MS };
    const pair: Throttled = { key: `login:${account}:${network}`, ...ofPair(config) };
    const everywhere: Throttled = { key: `login:${account}`, ...ofAccount(config) };
    const at = now();
    const asked = { identifier, deviceToken, ...origin, network: ofNetwork, now: at };
    const familiarSince = new Date(at.getTime() - FAMILIAR_MS);
    // What the account refuses does not count against the network.
    const count = (throttled: readonly Throttled[]) => countTry({ ...asked, familiarSince, throttled });

    let counted = await count([pair, everywhere]);
    if (counted.refusedBy === everywhere.key && (await isOwners(deps, counted.account, origin.ip))) {
      counted = await count([pair]);
    }
    const { refusedBy, retryAfterSeconds } = counted;
    if (refusedBy !== null) throw new Problem('TOO_MANY_ATTEMPTS', { retryAfterSeconds });
    const keys = { pardoned: pair.key, throttled: everywhere.key, counted: ofNetwork.key };
    return { account: counted.account, keys, succeed: (tx) => takeBack(tx, keys) };
  };
}
