import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Passkey, registerPasskeyBody } from '@spacedly/contracts';
import { clientOf, isUniqueViolation, newId, Problem } from '@spacedly/kit';
import type { z } from 'zod';
import { findUser } from '../accounts/store.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { recordEvent } from '../events-log/store.ts';
import { tellCredentialChange } from '../tell-credential.ts';
import {
  CHALLENGE_LIFE_MS,
  challengeOf,
  MAX_PASSKEYS,
  presentPasskey,
  relyingParty,
  userHandleOf,
} from './rules.ts';
import { insertChallenge, insertPasskey, listPasskeys, listPasskeysLocked, takeChallenge } from './store.ts';

/** Ed25519, ES256 and RS256, by their COSE numbers: what authenticators have. */
const ALGORITHMS = [-8, -7, -257];

/**
 * Options for `navigator.credentials.create`. A passkey of ours finds its account by itself and knows its person,
 * by a PIN or a finger: that is what makes it two factors.
 * @throws Problem TOO_MANY_PASSKEYS, UNAUTHENTICATED when the account is gone
 */
export async function beginRegistration({ db, config, now }: AuthDeps, userId: string) {
  const user = await findUser(db, userId);
  if (user === null) throw new Problem('UNAUTHENTICATED');
  const known = await listPasskeys(db, userId);
  if (known.length >= MAX_PASSKEYS) throw new Problem('TOO_MANY_PASSKEYS');
  const { generateRegistrationOptions } = await import('@simplewebauthn/server');
  const options = await generateRegistrationOptions({
    rpName: 'Spacedly',
    rpID: relyingParty(config).rpId,
    userID: userHandleOf(userId),
    userName: user.email ?? user.phone ?? user.username ?? user.name,
    userDisplayName: user.name,
    timeout: CHALLENGE_LIFE_MS,
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
  });
  const expiresAt = new Date(now().getTime() + CHALLENGE_LIFE_MS);
  await insertChallenge(db, { challenge: options.challenge, ceremony: 'REGISTER', userId, expiresAt });
  return options;
}

type RegistrationBody = z.output<typeof registerPasskeyBody>;

async function verified({ config }: AuthDeps, { response }: RegistrationBody, challenge: string) {
  const { rpId, origin } = relyingParty(config);
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const result = await verifyRegistrationResponse({
    response: response as RegistrationResponseJSON,
    supportedAlgorithmIDs: ALGORITHMS,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
  }).catch((cause) => {
    throw new Problem('PASSKEY_REFUSED', { cause });
  });
  if (!result.verified) throw new Problem('PASSKEY_REFUSED');
  return result.registrationInfo;
}

/**
 * Adds the passkey an authenticator made for us.
 * @throws Problem PASSKEY_REFUSED, CHALLENGE_EXPIRED, PASSKEY_KNOWN, TOO_MANY_PASSKEYS
 */
export async function finishRegistration(
  deps: AuthDeps,
  userId: string,
  body: RegistrationBody,
  origin: Origin,
): Promise<Passkey> {
  const { db, outbox, now } = deps;
  const challenge = challengeOf(body.response.response.clientDataJSON);
  if (challenge === null) throw new Problem('PASSKEY_REFUSED');
  if (!(await takeChallenge(db, { challenge, ceremony: 'REGISTER', userId }, now()))) {
    throw new Problem('CHALLENGE_EXPIRED');
  }
  const { credential, credentialDeviceType } = await verified(deps, body, challenge);
  const { device, browser, os } = clientOf(origin.userAgent);
  // It is kept, so it has no word of any language.
  const name = body.name ?? (browser && os ? `${browser}, ${os}` : device);
  try {
    return await db.transaction(async (tx) => {
      if ((await listPasskeysLocked(tx, userId)).length >= MAX_PASSKEYS)
        throw new Problem('TOO_MANY_PASSKEYS');
      const row = await insertPasskey(tx, {
        id: newId(),
        userId,
        credentialId: credential.id,
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        counter: credential.counter,
        transports: body.response.response.transports ?? [],
        isSynced: credentialDeviceType === 'multiDevice',
        name,
        createdAt: now(),
      });
      await recordEvent(tx, { userId, type: 'passkey_added', origin, now: now(), details: { name } });
      await tellCredentialChange(tx, outbox, { userId, change: 'passkey_added', name, origin });
      return presentPasskey(row);
    });
  } catch (error) {
    if (isUniqueViolation(error, 'passkeys_credential_key')) throw new Problem('PASSKEY_KNOWN');
    throw error;
  }
}
