import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { addUp, type FoundSums } from './rules-sums.ts';
import { type Answer, activeDays, askSums, countsByDay, type Question, type Window } from './store.ts';
import { countAnew, lockSums } from './store-fold.ts';
import { type OverviewWhere, overview } from './store-overview.ts';

interface Person {
  userId: string;
  timeZone: string;
}

/**
 * Asks a question about sums. Who was never counted, or counts their days in another zone since, is counted first; that
 * is the only time their rows are read.
 */
function asking<T, Values extends Record<string, string>>(db: NodePgDatabase, question: Question<T>) {
  const ask = askSums<T, Values>(db, question);
  return async ({ userId, timeZone }: Person, values: Values): Promise<Answer<T>> => {
    const answer = await ask(userId, values);
    if (answer?.timeZone === timeZone) return answer;
    return db.transaction(async (tx) => {
      const askAgain = askSums<T, Values>(tx, question);
      await lockSums(tx, [userId]);
      // A page asks for several things at once; the first of them counts.
      const meanwhile = await askAgain(userId, values);
      if (meanwhile?.timeZone === timeZone) return meanwhile;
      await countAnew(tx, userId, timeZone);
      return (await askAgain(userId, values)) as Answer<T>;
    });
  };
}

/** What can be asked about the sums of a person, each in one statement. */
export function createSums(db: NodePgDatabase) {
  const findOverview = asking<string, OverviewWhere>(db, overview);
  return {
    async findOverview(person: Person, where: OverviewWhere) {
      const { version, value } = await findOverview(person, where);
      return { version, value: addUp(JSON.parse(value) as FoundSums) };
    },
    findActiveDays: asking<string[], Window>(db, activeDays),
    countByDay: asking<{ date: string; count: number }[], Window>(db, countsByDay),
  };
}
