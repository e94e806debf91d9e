import { type Db, equalInConstantTime, newId, Problem } from '@spacedly/kit';
import type { AuthDeps } from '../deps.ts';
import { CODE_LIFE_MS, decideGuess, decideSend, newCode } from './rules.ts';
import { type CodeKey, lockCode, recordGuess, replaceCode } from './store.ts';

type CodeDeps = Pick<AuthDeps, 'secrets' | 'now'>;

function codeHmac({ secrets }: CodeDeps, { target, purpose }: CodeKey, code: string): string {
  return secrets.hmac(`code:${purpose}:${target}:${code}`);
}

/**
 * Makes a code for an address and purpose in place of the one before.
 * @param payload kept with the code and given back when it is redeemed; null makes a decoy that no guess matches,
 *   for an address that must look like any other
 * @throws Problem CODE_RECENTLY_SENT or TOO_MANY_CODES
 */
export async function issueCode(
  tx: Db,
  deps: CodeDeps,
  key: CodeKey,
  payload: object | null,
): Promise<{ code: string; expiresAt: Date }> {
  const now = deps.now();
  const decision = decideSend(await lockCode(tx, key), now);
  if (!decision.allowed) {
    throw new Problem(decision.reason, { retryAfterSeconds: decision.retryAfterSeconds });
  }
  const code = newCode();
  const expiresAt = new Date(now.getTime() + CODE_LIFE_MS);
  const { sendsInHour, sendHourStart } = decision;
  await replaceCode(tx, {
    ...key,
    codeHmac: codeHmac(deps, key, payload === null ? newId() : code),
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
 */
export async function redeemCode(tx: Db, deps: CodeDeps, key: CodeKey, code: string): Promise<Redeemed> {
  const state = await lockCode(tx, key);
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
