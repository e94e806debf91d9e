import type { Device } from '@spacedly/contracts';
import { clientOf, networkOf } from '@spacedly/kit';
import type { DeviceRow } from './store.ts';

const DAY_MS = 86_400_000;
export const TRUST_MS = 30 * DAY_MS;
/** A device that was not seen for so long is as good as new. */
export const DEVICE_IDLE_MS = 180 * DAY_MS;
/** Sessions that began longer ago say nothing about which devices are the person's. */
export const FAMILIAR_MS = 90 * DAY_MS;

export function isTrusted(device: Pick<DeviceRow, 'trustedUntil'> | null, now: Date): boolean {
  return device !== null && device.trustedUntil !== null && device.trustedUntil > now;
}

interface Seen {
  ip: string | null;
  userAgent: string;
}

/**
 * Whether a sign-in looks like an earlier one: the same kind of browser from the same network. For clients that keep
 * no device token; it decides about a mail, never about access, since a browser's name can be forged.
 */
export function looksFamiliar(seen: readonly Seen[], here: { ip: string; userAgent: string }): boolean {
  const name = clientOf(here.userAgent).device;
  const network = networkOf(here.ip);
  return seen.some(
    ({ ip, userAgent }) => ip !== null && networkOf(ip) === network && clientOf(userAgent).device === name,
  );
}

export function presentDevice(row: DeviceRow, currentTokenHash: string | null): Device {
  return {
    id: row.id,
    ...clientOf(row.userAgent),
    ip: row.ip,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    trustedUntil: (row.trustedUntil ?? row.lastSeenAt).toISOString(),
    current: row.tokenHash === currentTokenHash,
  };
}
