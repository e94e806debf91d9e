import type { Db } from '@spacedly/kit';
import { eq } from 'drizzle-orm';
import { counters, smsStop } from '../schema.ts';
import { SMS_DAY_KEY } from './rules.ts';

export interface SmsStop {
  reason: string;
  since: Date;
}

const THE_ROW = 1;

/** Why no SMS leaves, or undefined. */
export async function findSmsStop(db: Db): Promise<SmsStop | undefined> {
  const [row] = await db.select().from(smsStop).where(eq(smsStop.id, THE_ROW));
  return row;
}

/** Stops all SMS; a stop that stands keeps its time. */
export async function stopSms(tx: Db, reason: string, since: Date): Promise<void> {
  await tx.insert(smsStop).values({ id: THE_ROW, reason, since }).onConflictDoNothing();
}

/** Lets SMS leave again; the day's count begins anew, or the next message would stop them at once. */
export async function liftSmsStop(tx: Db): Promise<boolean> {
  const lifted = await tx.delete(smsStop).where(eq(smsStop.id, THE_ROW)).returning({ id: smsStop.id });
  await tx.delete(counters).where(eq(counters.key, SMS_DAY_KEY));
  return lifted.length > 0;
}
