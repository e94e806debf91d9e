import { randomBytes } from 'node:crypto';
import type { SecondFactorMethod, SecurityEventType } from '@spacedly/contracts';
import { type Db, newId, Problem, sha256 } from '@spacedly/kit';
import type { UserRow } from '../accounts/store.ts';
import { sendCode } from '../codes/send.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { isTrusted } from '../devices/rules.ts';
import { deviceOf, isKnownDevice, noteDevice } from '../devices/service.ts';
import { placeOf } from '../origin.ts';
import { type Amr, type NewSession, planSession } from '../sessions/service-open.ts';
import { methodsFor } from '../two-factor/rules.ts';
import { findFactors } from '../two-factor/store.ts';
import { CHALLENGE_LIFE_MS } from './rules.ts';
import { insertChallenge } from './store.ts';
import { writeOpening } from './store-open.ts';

/** Where and how somebody signs in, whichever way. */
export interface SignInContext {
  origin: Origin;
  isRemembered: boolean;
  /** Cookie delivery remembers the device by itself. */
  delivery: 'json' | 'cookie';
  deviceToken: string | undefined;
}

export interface SignedIn {
  user: UserRow;
  session: NewSession;
  /** Of a device that is new and to be remembered. */
  deviceToken: string | null;
}

export interface Challenged {
  challenge: string;
  methods: SecondFactorMethod[];
  expiresAt: Date;
}

interface NewSessionOf {
  userId: string;
  amr: readonly Amr[];
}

interface Proven {
  user: UserRow;
  amr: readonly Amr[];
}

/** What a sign-in is to write, and the session that it will be. */
export function planOpening(
  { userId, origin, isRemembered, amr }: Pick<SignInContext, 'origin' | 'isRemembered'> & NewSessionOf,
  eventType: SecurityEventType,
  at: Date,
) {
  const { written, session } = planSession(at, { isRemembered, amr });
  const eventDetails = { amr: amr.join(' ') };
  const opening = { userId, at, ...origin, ...written, eventId: newId(), eventType, eventDetails };
  return { opening, session };
}

/**
 * Opens the session of somebody who has proven all that was asked for: every way to sign in ends here. Writes the
 * security log and has the owner told of a device that was never seen before.
 * @throws Problem INVALID_CREDENTIALS when the account was closed in the meantime
 */
export async function openSignIn(
  tx: Db,
  deps: AuthDeps,
  { user, amr }: Proven,
  context: SignInContext,
  options: { shouldTrust?: boolean; isNewAccount?: boolean } = {},
): Promise<SignedIn> {
  const { outbox, now } = deps;
  const { origin, isRemembered, delivery } = context;
  const { shouldTrust = false, isNewAccount = false } = options;
  const userId = user.id;
  const device = await deviceOf(tx, userId, context.deviceToken);
  const shouldRemember = delivery === 'cookie' || isRemembered;
  const from = { userId, origin, device, shouldRemember, shouldTrust };
  const isKnown = isNewAccount || (await isKnownDevice(tx, deps, from));
  const deviceToken = await noteDevice(tx, deps, from);
  const type = isNewAccount ? 'signed_up' : isKnown ? 'signed_in' : 'signed_in_from_new_device';
  const { opening, session } = planOpening({ userId, origin, isRemembered, amr }, type, now());
  const role = await writeOpening(tx, opening);
  if (role === null) throw new Problem('INVALID_CREDENTIALS');
  if (!isKnown) {
    await outbox.publish(tx, 'session.new_device', { userId, sessionId: session.id, ...placeOf(origin) });
  }
  return { user: { ...user, lastLoginAt: opening.at }, session: { ...session, role }, deviceToken };
}

/**
 * Has the code of a second factor sent. It belongs to the person, not to the challenge: the one in their hands stays
 * good when they begin again.
 * @throws Problem CODE_RECENTLY_SENT or TOO_MANY_CODES, before anything is written
 */
export async function sendSecondFactorCode(tx: Db, deps: AuthDeps, user: UserRow, method: 'email' | 'sms') {
  const channel = method === 'email' ? ('EMAIL' as const) : ('SMS' as const);
  const address = (method === 'email' ? user.email : user.phone) as string;
  const payload = { userId: user.id };
  const message = { channel, address, purpose: 'TWO_FACTOR', payload, reader: user } as const;
  return { channel, ...(await sendCode(tx, deps, message)) };
}

/** Where a message is the only way, it is sent without asking; one that is still on its way is enough. */
async function sendByItself(tx: Db, deps: AuthDeps, user: UserRow, methods: readonly SecondFactorMethod[]) {
  const method = methods[0];
  if (method !== 'email' && method !== 'sms') return;
  try {
    await sendSecondFactorCode(tx, deps, user, method);
  } catch (error) {
    const isLimit = error instanceof Problem && error.status === 429;
    if (!isLimit) throw error;
  }
}

/**
 * After the first factor was right: opens the session, or asks for the second factor where one is set up and this
 * device is not trusted. Run it in the transaction that holds the person's row (`lockUser`), so that a new password or
 * a deactivation at the same moment is seen.
 * @param provenChannel where a code was the first factor: the channel it came by
 */
export async function completeFirstFactor(
  tx: Db,
  deps: AuthDeps,
  proven: Proven & { provenChannel?: 'email' | 'sms' },
  context: SignInContext,
): Promise<SignedIn | Challenged> {
  const { user, amr, provenChannel = null } = proven;
  const methods = methodsFor(await findFactors(tx, user.id), user, provenChannel);
  const isSpared =
    methods.length === 0 || isTrusted(await deviceOf(tx, user.id, context.deviceToken), deps.now());
  if (isSpared) return openSignIn(tx, deps, proven, context);
  const challenge = randomBytes(32).toString('base64url');
  const expiresAt = new Date(deps.now().getTime() + CHALLENGE_LIFE_MS);
  await insertChallenge(tx, {
    tokenHash: sha256(challenge),
    userId: user.id,
    amr: [...amr],
    provenChannel,
    isRemembered: context.isRemembered,
    expiresAt,
  });
  await sendByItself(tx, deps, user, methods);
  return { challenge, methods, expiresAt };
}
