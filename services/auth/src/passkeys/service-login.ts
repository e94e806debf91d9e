import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import type { passkeyLoginBody } from '@spacedly/contracts';
import { networkOf, Problem } from '@spacedly/kit';
import type { z } from 'zod';
import { lockUser } from '../accounts/store.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { consume } from '../limits/counters.ts';
import { openSignIn, type SignedIn } from '../signin/service.ts';
import { tellCredentialChange } from '../tell-credential.ts';
import { CHALLENGE_LIFE_MS, challengeOf, isCopied, relyingParty, userHandleOf } from './rules.ts';
import { findPasskey, insertChallenge, lockCounter, recordUse, takeChallenge } from './store.ts';

/** Challenges are rows, so nobody gets an unlimited number; an office behind one address stays below this. */
const OPTIONS_PER_NETWORK = { max: 200, windowMs: 15 * 60_000 };

type LoginBody = z.output<typeof passkeyLoginBody>;
type Found = NonNullable<Awaited<ReturnType<typeof findPasskey>>>;

/**
 * Options for `navigator.credentials.get`, naming no account: the passkey brings that itself, so that nothing here
 * says who has an account.
 * @throws Problem TOO_MANY_ATTEMPTS
 */
export async function beginPasskeyLogin({ db, config, now }: AuthDeps, { ip }: Origin) {
  const limited = await consume(db, `passkey:${networkOf(ip)}`, OPTIONS_PER_NETWORK, now());
  if (!limited.isAllowed) {
    throw new Problem('TOO_MANY_ATTEMPTS', { retryAfterSeconds: limited.retryAfterSeconds });
  }
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(config).rpId,
    userVerification: 'required',
    timeout: CHALLENGE_LIFE_MS,
  });
  const expiresAt = new Date(now().getTime() + CHALLENGE_LIFE_MS);
  await insertChallenge(db, { challenge: options.challenge, ceremony: 'SIGN_IN', userId: null, expiresAt });
  return options;
}

/**
 * What a signature proves. The counter is left to us: the library would judge it before the signature, so that
 * anybody could cry "copied" for a passkey they do not have.
 */
async function verified(
  { config }: AuthDeps,
  { passkey, user }: Found,
  { response }: LoginBody,
  challenge: string,
) {
  const { rpId, origin } = relyingParty(config);
  const { userHandle } = response.response;
  const ownHandle = Buffer.from(userHandleOf(user.id)).toString('base64url');
  if (userHandle != null && userHandle !== ownHandle) throw new Problem('INVALID_CREDENTIALS');
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const result = await verifyAuthenticationResponse({
    response: response as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
    credential: {
      id: passkey.credentialId,
      publicKey: Uint8Array.from(Buffer.from(passkey.publicKey, 'base64url')),
      counter: 0,
    },
  }).catch((cause) => {
    throw new Problem('INVALID_CREDENTIALS', { cause });
  });
  if (!result.verified) throw new Problem('INVALID_CREDENTIALS');
  return result.authenticationInfo;
}

/**
 * Signs in with a passkey alone: the key is one factor, the PIN or finger that unlocked it the other.
 * @throws Problem CHALLENGE_EXPIRED; INVALID_CREDENTIALS for anything else that is not right, a copied key included
 */
export async function passkeyLogin(
  deps: AuthDeps,
  body: LoginBody,
  origin: Origin,
  deviceToken: string | undefined,
): Promise<SignedIn> {
  const { db, outbox, now } = deps;
  const challenge = challengeOf(body.response.response.clientDataJSON);
  if (challenge === null) throw new Problem('INVALID_CREDENTIALS');
  if (!(await takeChallenge(db, { challenge, ceremony: 'SIGN_IN', userId: null }, now()))) {
    throw new Problem('CHALLENGE_EXPIRED');
  }
  const found = await findPasskey(db, body.response.id);
  if (found === null) throw new Problem('INVALID_CREDENTIALS');
  const { newCounter, credentialDeviceType } = await verified(deps, found, body, challenge);
  const { passkey } = found;
  const { id: userId } = found.user;
  const signedIn = await db.transaction(async (tx) => {
    // The person first, as whatever closes an account or wipes its credentials does.
    const user = await lockUser(tx, userId);
    const stored = await lockCounter(tx, passkey.id);
    if (stored === null || user === null || !user.isActive || user.deletedAt !== null) {
      throw new Problem('INVALID_CREDENTIALS');
    }
    if (isCopied(stored, newCounter)) {
      await tellCredentialChange(tx, outbox, {
        userId,
        change: 'passkey_copied',
        name: passkey.name,
        origin,
      });
      return null;
    }
    const isSynced = credentialDeviceType === 'multiDevice';
    await recordUse(tx, passkey.id, { counter: newCounter, isSynced, lastUsedAt: now() });
    const context = { origin, isRemembered: body.rememberDevice, delivery: body.delivery, deviceToken };
    return openSignIn(tx, deps, { user, amr: ['hwk', 'mfa'] }, context);
  });
  // Thrown after the commit: the owner must hear of it although the sign-in is refused.
  if (signedIn === null) throw new Problem('INVALID_CREDENTIALS');
  return signedIn;
}
