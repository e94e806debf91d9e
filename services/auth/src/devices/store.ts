import type { Db } from '@spacedly/kit';
import { and, desc, eq, gt, lt, ne, or, sql } from 'drizzle-orm';
import { devices, sessions } from '../schema.ts';

export type DeviceRow = typeof devices.$inferSelect;

export async function findDevice(db: Db, userId: string, tokenHash: string): Promise<DeviceRow | null> {
  const [row] = await db
    .select()
    .from(devices)
    .where(and(eq(devices.tokenHash, tokenHash), eq(devices.userId, userId)));
  return row ?? null;
}

export async function insertDevice(tx: Db, row: typeof devices.$inferInsert): Promise<void> {
  await tx.insert(devices).values(row);
}

export async function touchDevice(
  tx: Db,
  deviceId: string,
  changes: Pick<DeviceRow, 'lastSeenAt' | 'ip' | 'userAgent'> & { trustedUntil?: Date },
): Promise<void> {
  await tx.update(devices).set(changes).where(eq(devices.id, deviceId));
}

export async function listTrustedDevices(db: Db, userId: string, now: Date): Promise<DeviceRow[]> {
  return db
    .select()
    .from(devices)
    .where(and(eq(devices.userId, userId), gt(devices.trustedUntil, now)))
    .orderBy(desc(devices.lastSeenAt), desc(devices.id))
    .limit(100);
}

/** @returns whether it was there and theirs */
export async function deleteDevice(tx: Db, userId: string, deviceId: string): Promise<boolean> {
  const gone = await tx
    .delete(devices)
    .where(and(eq(devices.id, deviceId), eq(devices.userId, userId)))
    .returning({ id: devices.id });
  return gone.length > 0;
}

/** Forgets every device of a person but the one with the given token. */
export async function deleteDevices(tx: Db, userId: string, exceptTokenHash: string | null): Promise<void> {
  const isOther = exceptTokenHash === null ? undefined : ne(devices.tokenHash, exceptTokenHash);
  await tx.delete(devices).where(and(eq(devices.userId, userId), isOther));
}

/** Where and with what the person signed in lately. */
export async function listSeen(db: Db, userId: string, since: Date) {
  return db
    .selectDistinct({ ip: sessions.ip, userAgent: sessions.userAgent })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.createdAt, since)))
    .limit(200);
}

export async function deleteOldDevices(db: Db, seenBefore: Date, now: Date): Promise<void> {
  const isUntrusted = or(sql`${devices.trustedUntil} IS NULL`, lt(devices.trustedUntil, now));
  await db.delete(devices).where(and(lt(devices.lastSeenAt, seenBefore), isUntrusted));
}
