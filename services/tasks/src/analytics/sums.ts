import type { Heatmap } from '@spacedly/contracts';
import type { SQL } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { type Answer, activeDays, askSums, countsByDay, type Window } from './store.ts';
import { countAnew, lockSums } from './store-fold.ts';
import { type Overview, type OverviewWhere, overview } from './store-overview.ts';

interface Person {
  userId: string;
  timeZone: string;
}

/**
 * A question about sums. Who was never counted, or counts their days in another zone since, is counted first; that is
 * the only time their rows are read.
 */
function question<T, Values extends Record<string, string>>(db: NodePgDatabase, name: string, value: SQL<T>) {
  const ask = askSums<T, Values>(db, name, value);
  return async ({ userId, timeZone }: Person, values: Values): Promise<T> => {
    const answer = await ask(userId, values);
    if (answer?.timeZone === timeZone) return answer.value;
    return db.transaction(async (tx) => {
      const askAgain = askSums<T, Values>(tx, name, value);
      await lockSums(tx, [userId]);
      // A page asks for several things at once; the first of them counts.
      const meanwhile = await askAgain(userId, values);
      if (meanwhile?.timeZone === timeZone) return meanwhile.value;
      await countAnew(tx, userId, timeZone);
      return ((await askAgain(userId, values)) as Answer<T>).value;
    });
  };
}

/** What can be asked about the sums of a person, each in one statement. */
export const createSums = (db: NodePgDatabase) => ({
  findOverview: question<Overview, OverviewWhere>(db, 'sums_overview', overview),
  findActiveDays: question<string[], Window>(db, 'sums_active_days', activeDays),
  countByDay: question<Heatmap['days'], Window>(db, 'sums_by_day', countsByDay),
});
