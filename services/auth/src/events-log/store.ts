import type { SecurityEventType } from '@spacedly/contracts';
import { type Db, decodeCursor, newId, toPage } from '@spacedly/kit';
import { and, desc, eq, lt } from 'drizzle-orm';
import type { Origin } from '../deps.ts';
import { securityEvents } from '../schema.ts';

export type SecurityEventRow = typeof securityEvents.$inferSelect;

export interface NewSecurityEvent {
  userId: string;
  type: SecurityEventType;
  /** Null for what the installation did by itself. */
  origin: Origin | null;
  now: Date;
  /** Short facts the owner may read. No secrets: they are shown. */
  details?: Record<string, string>;
}

/** Adds a line to the security log of a person, in the transaction of what it tells of. */
export async function recordEvent(tx: Db, event: NewSecurityEvent): Promise<void> {
  const { userId, type, origin, now, details = null } = event;
  const { ip = null, userAgent = '' } = origin ?? {};
  await tx
    .insert(securityEvents)
    .values({ id: newId(), userId, type, ip, userAgent, details, createdAt: now });
}

/** One page of a person's security log, latest first. */
export async function listEvents(
  db: Db,
  userId: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  const [before] = cursor === undefined ? [] : decodeCursor(cursor, ['uuid']);
  const rows = await db
    .select()
    .from(securityEvents)
    .where(
      and(
        eq(securityEvents.userId, userId),
        before === undefined ? undefined : lt(securityEvents.id, before),
      ),
    )
    .orderBy(desc(securityEvents.id))
    .limit(limit + 1);
  return toPage(rows, limit, (row) => [row.id]);
}

export async function deleteOldEvents(db: Db, before: Date): Promise<void> {
  await db.delete(securityEvents).where(lt(securityEvents.createdAt, before));
}
