import { type Db, equalInConstantTime, networkOf, newId, Problem } from '@spacedly/kit';
import type { AuthDeps } from '../deps.ts';
import { consume } from '../limits/counters.ts';
import { codeLifeMs, decideGuess, decideSend, maxSendsPerHour, newCode } from './rules.ts';
import { type CodeKey, lockCode, recordGuess, replaceCode } from './store.ts';

type CodeDeps = Pick<AuthDeps, 'secrets' | 'now' | 'config'>;

const HOUR_MS = 3_600_000;

function codeHmac({ secrets }: CodeDeps, { target, purpose }: CodeKey, code: string): string {
  return secrets.hmac(`code:${purpose}:${target}:${code}`);
}

/**
 * Counts a code against the network that asks for it.
 * @throws Problem TOO_MANY_CODES
 */
export async function limitCodesByNetwork({ db, config, now }: AuthDeps, ip: string): Promise<void> {
  const limit = { max: config.CODES_PER_IP_HOUR, windowMs: HOUR_MS };
  const { isAllowed, retryAfterSeconds } = await consume(db, `codes:${networkOf(ip)}`, limit, now());
  if (!isAllowed) throw new Problem('TOO_MANY_CODES', { retryAfterSeconds });
}

interface NewCode {
  /** Kept with the code and given back when it is redeemed. */
  payload: object | null;
  /** True makes a code that no guess matches, for an address that must look like any other. */
  isDecoy: boolean;
}

/**
 * Makes a code for an address and purpose in place of the one before.
 * @throws Problem CODE_RECENTLY_SENT or TOO_MANY_CODES, before anything is written
 */
export async function issueCode(
  tx: Db,
  deps: CodeDeps,
  key: CodeKey,
  { payload, isDecoy }: NewCode,
): Promise<{ code: string; expiresAt: Date }> {
  const now = deps.now();
  const decision = decideSend(await lockCode(tx, key), maxSendsPerHour(key.purpose, deps.config), now);
  if (!decision.allowed) {
    throw new Problem(decision.reason, { retryAfterSeconds: decision.retryAfterSeconds });
  }
  const code = newCode();
  const expiresAt = new Date(now.getTime() + codeLifeMs(key.purpose));
  const { sendsInHour, sendHourStart } = decision;
  await replaceCode(tx, {
    ...key,
    codeHmac: codeHmac(deps, key, isDecoy ? newId() : code),
    payload,
    sendsInHour,
    sendHourStart,
    sentAt: now,
    expiresAt,
  });
  return { code, expiresAt };
}

export type Redeemed = { payload: unknown } | { problem: Problem };

/**
 * Tries a code. The count of guesses must be kept even when the guess is refused, so a refusal is returned for
 * the caller to throw after its transaction has committed.
 * @param belongs false for a code that is another person's: it is no code at all then, and no guess is counted
 */
export async function redeemCode(
  tx: Db,
  deps: CodeDeps,
  key: CodeKey,
  code: string,
  belongs: (payload: unknown) => boolean = () => true,
): Promise<Redeemed> {
  const found = await lockCode(tx, key);
  const state = found !== null && belongs(found.payload) ? found : null;
  const isMatch = state?.codeHmac != null && equalInConstantTime(state.codeHmac, codeHmac(deps, key, code));
  const decision = decideGuess(state, isMatch, deps.now());
  if (decision.outcome === 'gone') return { problem: new Problem('CODE_EXPIRED') };
  if (decision.outcome === 'too-many') {
    const { retryAfterSeconds } = decision;
    return { problem: new Problem('TOO_MANY_ATTEMPTS', { retryAfterSeconds }) };
  }
  await recordGuess(tx, key, decision.update);
  if (decision.outcome === 'right') return { payload: state?.payload };
  const errors = [{ path: 'body.code', message: 'This is not the code we sent' }];
  return { problem: new Problem('INVALID_CODE', { errors }) };
}
