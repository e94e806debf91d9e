import { type BackgroundWork, type Jobs, SEARCH_QUEUE } from '@spacedly/kit';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { z } from 'zod';
import { SETTLED_MS } from './rules.ts';
import { extendBlocks, findChanged, renewBlocks } from './store.ts';

const payload = z.object({ userId: z.uuid() });

/** Makes filters of what somebody wrote since the last time; doing it again finds nothing to do. */
export async function makeFilters(db: NodePgDatabase, data: unknown, settledMs = SETTLED_MS): Promise<void> {
  const { userId } = payload.parse(data);
  await renewBlocks(db, userId);
  await extendBlocks(db, userId, settledMs);
}

/** Brings all filters up to what was changed, and forgets changes of people who have none. */
export async function renewFilters(db: NodePgDatabase): Promise<void> {
  for (const userId of await findChanged(db)) await renewBlocks(db, userId);
}

/** Makes filters when a search asks for them, for one person at a time. */
export function filterMaker({ db, jobs }: { db: NodePgDatabase; jobs: Jobs }): BackgroundWork {
  return {
    start: () => jobs.work(SEARCH_QUEUE, (data) => makeFilters(db, data), { batchSize: 1 }),
    stop: async () => {},
  };
}
