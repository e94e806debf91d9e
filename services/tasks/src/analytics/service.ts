import type { TasksDeps } from '../deps.ts';
import { momentOf } from '../people/moment.ts';
import { createKept, type Moment, type Reckoned, type Told } from './kept.ts';
import { dayIn } from './rules.ts';
import { firstDay, presentAnalytics } from './rules-overview.ts';
import { countStreaks, type Streaks } from './rules-streaks.ts';
import { createFindVersion } from './store.ts';
import { createSums } from './sums.ts';

/** The numbers of a person in their own days, never stale: what is kept is sent only while nothing changed. */
export interface Numbers {
  /** As the contract's `Analytics`. */
  tellAnalytics(userId: string): Promise<Told>;
  /** As {@link Streaks}. */
  tellStreaks(userId: string): Promise<Told>;
  /** As the contract's `Heatmap`. @param year the present one where it is not given */
  tellHeatmap(userId: string, year: number | undefined): Promise<Told>;
  getStreaks(userId: string): Promise<Streaks>;
}

/** @param keptBytes memory for answers that are sent again; with 0 each is made anew */
export function createNumbers(deps: Pick<TasksDeps, 'db' | 'zones' | 'now'>, keptBytes: number): Numbers {
  const sums = createSums(deps.db);
  const told = createKept({ maxBytes: keptBytes, findVersion: createFindVersion(deps.db) });
  const momentFor = async (userId: string): Promise<Moment> => {
    const { now, timeZone } = await momentOf(deps, userId);
    return { userId, timeZone, now, today: dayIn(timeZone, now) };
  };

  async function analytics(moment: Moment): Promise<Reckoned> {
    const where = { now: moment.now.toISOString(), from: firstDay(moment.today), to: 'infinity' };
    const { version, value } = await sums.findOverview(moment, where);
    return { version, body: presentAnalytics(value, moment), untilMs: value.nextReminderMs };
  }

  async function streaks(moment: Moment) {
    const { today } = moment;
    const { version, value } = await sums.findActiveDays(moment, { from: '-infinity', to: today });
    return { version, body: countStreaks(value, today), untilMs: null };
  }

  async function heatmap(moment: Moment, year: number): Promise<Reckoned> {
    const { version, value: days } = await sums.countByDay(moment, {
      from: `${year}-01-01`,
      to: `${year}-12-31`,
    });
    return { version, body: { year, timeZone: moment.timeZone, days }, untilMs: null };
  }

  return {
    tellAnalytics: async (userId) => told('analytics', await momentFor(userId), analytics),
    tellStreaks: async (userId) => told('streaks', await momentFor(userId), streaks),
    async tellHeatmap(userId, asked) {
      const moment = await momentFor(userId);
      const year = asked ?? Number(moment.today.slice(0, 4));
      return told(`heatmap ${year}`, moment, () => heatmap(moment, year));
    },
    getStreaks: async (userId) => (await streaks(await momentFor(userId))).body,
  };
}
