import { events } from '@spacedly/contracts';
import { type BackgroundWork, type Db, eventQueue, type Jobs, type Logger } from '@spacedly/kit';
import { eq } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { z } from 'zod';
import * as tables from '../schema.ts';

const envelope = z.object({ name: z.string(), data: z.unknown() });

/** Every table that knows whose a row is. Rows that hang on these go with them. */
const OWNED = [
  tables.reminders,
  tables.tasks,
  tables.reviewLogs,
  tables.reviews,
  tables.reviewSettings,
  tables.reviewNotices,
  tables.exams,
  tables.dayBudgets,
  tables.calendarFeeds,
  tables.idempotencyKeys,
] as const;

/** Removes everything of a person. Doing it again finds nothing to do. */
export async function deletePerson(tx: Db, userId: string): Promise<void> {
  for (const table of OWNED) await tx.delete(table).where(eq(table.userId, userId));
}

/** Hears what happened elsewhere. Handlers may run twice for the same event. */
export function eventListener(db: NodePgDatabase, jobs: Jobs, log: Logger): BackgroundWork {
  return {
    start: () =>
      jobs.work(eventQueue('tasks'), async (raw) => {
        const { name, data } = envelope.parse(raw);
        if (name !== 'user.purged') return log.warn({ event: name }, 'an event nobody here listens to');
        const { userId } = events['user.purged'].data.parse(data);
        await db.transaction((tx) => deletePerson(tx, userId));
      }),
    stop: async () => {},
  };
}
