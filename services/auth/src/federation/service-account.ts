import type { SignInError } from '@spacedly/contracts';
import { type Db, newId, OWNER_CACHE_MS } from '@spacedly/kit';
import type { Reader } from '../accounts/rules.ts';
import { insertUser, tellChanged, type UserRow } from '../accounts/store.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { recordEvent } from '../events-log/store.ts';
import { deniedUntil } from '../sessions/service-end.ts';
import { endSessions } from '../sessions/store.ts';
import { denySessions } from '../sessions/store-denied.ts';
import { tellCredentialChange } from '../tell-credential.ts';
import { removeTokens } from '../tokens/store.ts';
import { decideLink, nameFor, type ProviderClaims } from './rules.ts';
import * as store from './store.ts';

export type FoundAccount = { user: UserRow; isNew: boolean } | { refused: SignInError };

interface Arrival {
  claims: ProviderClaims;
  /** Shown to the owner: which provider was linked. */
  providerName: string;
  origin: Origin | null;
  /** How to speak to somebody new. */
  reader: Reader;
}

/**
 * Takes an account that nobody proved to own away from whoever made it: password, phone, sessions, tokens, devices,
 * passkeys, second factors, codes and links, all at once.
 */
async function takeOver(tx: Db, deps: AuthDeps, user: UserRow, address: string): Promise<UserRow> {
  const now = deps.now();
  await endSessions(tx, { userId: user.id }, now, deniedUntil(now));
  const tokens = await removeTokens(tx, { userId: user.id });
  const tokenIds = tokens.map(({ id }) => id);
  await denySessions(tx, tokenIds, new Date(now.getTime() + 12 * OWNER_CACHE_MS));
  await store.wipeCredentials(tx, user.id);
  for (const target of [address, user.phone]) if (target !== null) await store.wipeCodesOf(tx, target);
  const changes = { passwordHash: null, phone: null, phoneVerifiedAt: null, emailVerifiedAt: now };
  const changed = await store.changeUser(tx, user.id, changes, now);
  await tellChanged(tx, user.id);
  await deps.outbox.publish(tx, 'user.address_verified', { userId: user.id });
  return changed;
}

async function createAccount(tx: Db, deps: AuthDeps, { claims, reader }: Arrival): Promise<UserRow> {
  const now = deps.now();
  const name = nameFor(claims);
  const user = { id: newId(), name, email: claims.email, emailVerifiedAt: now, lastLoginAt: now, ...reader };
  const made = await insertUser(tx, user, now);
  await deps.outbox.publish(tx, 'user.registered', { userId: made.id, name });
  return made;
}

async function link(tx: Db, deps: AuthDeps, user: UserRow, { claims, providerName, origin }: Arrival) {
  const now = deps.now();
  const { provider, subject, email } = claims;
  const userId = user.id;
  await store.insertIdentity(tx, { provider, subject, userId, email, createdAt: now, lastUsedAt: now });
  const details = { provider: providerName };
  await recordEvent(tx, { userId, type: 'identity_linked', origin, now, details });
}

/**
 * The account of somebody a provider vouches for: found, linked, taken over or made, by `decideLink`. Run it in the
 * transaction that opens the session.
 */
export async function accountFor(tx: Db, deps: AuthDeps, arrival: Arrival): Promise<FoundAccount> {
  const { claims, providerName: name, origin } = arrival;
  const address = claims.email?.toLowerCase() ?? null;
  await store.lockFederation(tx, claims, address);
  const known = await store.findByIdentity(tx, claims);
  const sameAddress = known === null && address !== null ? await store.findByAddress(tx, address) : null;
  const decision = decideLink(known, sameAddress, claims);
  if (decision.do === 'refuse') return { refused: decision.reason };
  if (decision.do === 'sign-in') {
    await store.touchIdentity(tx, claims, deps.now());
    return { user: decision.user, isNew: false };
  }
  if (decision.do === 'link') {
    await link(tx, deps, decision.user, arrival);
    const { id: userId } = decision.user;
    await tellCredentialChange(tx, deps.outbox, { userId, change: 'identity_linked', name, origin });
    return { user: decision.user, isNew: false };
  }
  const proven = address as string;
  if (decision.do === 'take-over') {
    const user = await takeOver(tx, deps, decision.user, proven);
    await link(tx, deps, user, arrival);
    return { user, isNew: false };
  }
  if (decision.do === 'release') {
    await store.changeUser(tx, decision.user.id, { email: null }, deps.now());
    await tellChanged(tx, decision.user.id);
  }
  await store.wipeCodesOf(tx, proven);
  const user = await createAccount(tx, deps, arrival);
  await link(tx, deps, user, arrival);
  return { user, isNew: true };
}
