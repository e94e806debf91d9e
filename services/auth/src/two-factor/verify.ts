import { type Db, Problem } from '@spacedly/kit';
import type { AuthDeps, Origin } from '../deps.ts';
import { recordEvent } from '../events-log/store.ts';
import { consume, giveBack } from '../limits/counters.ts';
import { acceptTotp, normaliseRecoveryCode } from './rules.ts';
import { lockFactors, saveFactors, takeRecoveryCode } from './store.ts';
import { tellFactorChange } from './tell.ts';

/** Tries of the app and of recovery codes, over all challenges of a person. */
const TRIES = { max: 10, windowMs: 3_600_000 };

export function recoveryHmac({ secrets }: Pick<AuthDeps, 'secrets'>, userId: string, code: string): string {
  return secrets.hmac(`recovery:${userId}:${normaliseRecoveryCode(code)}`);
}

interface Try {
  userId: string;
  method: 'totp' | 'recovery';
  code: string;
  origin: Origin;
}

async function isTotp(tx: Db, { secrets, now }: AuthDeps, { userId, code }: Try): Promise<boolean> {
  const row = await lockFactors(tx, userId);
  if (row === null || row.sealedTotpSecret === null || row.totpConfirmedAt === null) return false;
  const step = acceptTotp(secrets.open(row.sealedTotpSecret), code, row.lastTotpStep, now());
  if (step === null) return false;
  await saveFactors(tx, userId, { lastTotpStep: step });
  return true;
}

async function isRecovery(tx: Db, deps: AuthDeps, { userId, code, origin }: Try): Promise<boolean> {
  const codeHmac = recoveryHmac(deps, userId, code);
  if (!(await takeRecoveryCode(tx, { userId, codeHmac }, deps.now()))) return false;
  await recordEvent(tx, { userId, type: 'recovery_code_used', origin, now: deps.now() });
  await tellFactorChange(tx, deps, { userId, change: 'recovery_code_used', origin });
  return true;
}

/**
 * Tries a code of the authenticator app or a recovery code. The tries must count even when the code is refused, so a
 * refusal is returned for the caller to throw after its transaction has committed.
 */
export async function tryFactor(tx: Db, deps: AuthDeps, what: Try): Promise<Problem | null> {
  const key = `second-factor:${what.userId}`;
  const { isAllowed, retryAfterSeconds } = await consume(tx, key, TRIES, deps.now());
  if (!isAllowed) return new Problem('TOO_MANY_ATTEMPTS', { retryAfterSeconds });
  const isRight = what.method === 'totp' ? await isTotp(tx, deps, what) : await isRecovery(tx, deps, what);
  if (!isRight) {
    const errors = [{ path: 'body.code', message: 'This is not the code we expect, or it was used already' }];
    return new Problem('INVALID_CODE', { errors });
  }
  await giveBack(tx, key);
  return null;
}
