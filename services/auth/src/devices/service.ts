import { randomBytes } from 'node:crypto';
import { type Db, newId, Problem, sha256 } from '@spacedly/kit';
import type { AuthDeps, Origin } from '../deps.ts';
import { recordEvent } from '../events-log/store.ts';
import { FAMILIAR_MS, looksFamiliar, TRUST_MS } from './rules.ts';
import { type DeviceRow, deleteDevice, findDevice, insertDevice, listSeen, touchDevice } from './store.ts';

interface SignInFrom {
  userId: string;
  origin: Origin;
  /** The device as its token names it. */
  device: DeviceRow | null;
  /** Give it a token, so that it is known the next time. */
  shouldRemember: boolean;
  shouldTrust: boolean;
}

/** The device a token names, if it is this person's. */
export async function deviceOf(db: Db, userId: string, token: string | undefined): Promise<DeviceRow | null> {
  return token === undefined ? null : findDevice(db, userId, sha256(token));
}

/** Whether the person signed in from here before. Ask before the new session is written. */
export async function isKnownDevice(
  tx: Db,
  { now }: Pick<AuthDeps, 'now'>,
  from: SignInFrom,
): Promise<boolean> {
  if (from.device !== null) return true;
  const since = new Date(now().getTime() - FAMILIAR_MS);
  return looksFamiliar(await listSeen(tx, from.userId, since), from.origin);
}

/** Notes a sign-in from a device. @returns the token of one that is new and to be remembered */
export async function noteDevice(
  tx: Db,
  { now }: Pick<AuthDeps, 'now'>,
  { userId, origin, device, shouldRemember, shouldTrust }: SignInFrom,
): Promise<string | null> {
  const at = now();
  const trust = shouldTrust ? { trustedUntil: new Date(at.getTime() + TRUST_MS) } : {};
  if (shouldTrust) await recordEvent(tx, { userId, type: 'device_trusted', origin, now: at });
  const seen = { lastSeenAt: at, ip: origin.ip, userAgent: origin.userAgent, ...trust };
  if (device !== null) {
    await touchDevice(tx, device.id, seen);
    return null;
  }
  if (!shouldRemember && !shouldTrust) return null;
  const token = randomBytes(32).toString('base64url');
  await insertDevice(tx, { id: newId(), userId, tokenHash: sha256(token), createdAt: at, ...seen });
  return token;
}

/** Trusts a device no longer. @throws Problem DEVICE_NOT_FOUND */
export async function removeDevice(
  { db, now }: AuthDeps,
  { userId, deviceId, origin }: { userId: string; deviceId: string; origin: Origin },
): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await deleteDevice(tx, userId, deviceId))) throw new Problem('DEVICE_NOT_FOUND');
    await recordEvent(tx, { userId, type: 'device_removed', origin, now: now() });
  });
}
