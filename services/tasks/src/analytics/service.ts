import type { Analytics, Heatmap } from '@spacedly/contracts';
import type { TasksDeps } from '../deps.ts';
import { addDays } from '../people/days.ts';
import { momentOf } from '../people/moment.ts';
import { dayIn } from './rules.ts';
import { firstDay, presentAnalytics } from './rules-overview.ts';
import { countStreaks, type Streaks } from './rules-streaks.ts';
import { createSums } from './sums.ts';

const RETENTION_DAYS = 30;

/** The numbers of a person in their own days. Asked for anew each time, so never stale. */
export interface Numbers {
  getAnalytics(userId: string): Promise<Analytics>;
  getStreaks(userId: string): Promise<Streaks>;
  /** @param year the present one where it is not given */
  getHeatmap(userId: string, year: number | undefined): Promise<Heatmap>;
}

export function createNumbers(deps: Pick<TasksDeps, 'db' | 'zones' | 'now'>): Numbers {
  const sums = createSums(deps.db);
  const todayOf = async (userId: string) => {
    const { now, timeZone } = await momentOf(deps, userId);
    return { now, today: dayIn(timeZone, now), person: { userId, timeZone } };
  };
  return {
    async getAnalytics(userId) {
      const { now, today, person } = await todayOf(userId);
      const since = firstDay(today);
      const from = addDays(today, 1 - RETENTION_DAYS);
      const where = { now: now.toISOString(), since, from, to: 'infinity' };
      return presentAnalytics(await sums.findOverview(person, where), { today, timeZone: person.timeZone });
    },

    async getStreaks(userId) {
      const { today, person } = await todayOf(userId);
      return countStreaks(await sums.findActiveDays(person, { from: '-infinity', to: today }), today);
    },

    async getHeatmap(userId, asked) {
      const { today, person } = await todayOf(userId);
      const year = asked ?? Number(today.slice(0, 4));
      const days = await sums.countByDay(person, { from: `${year}-01-01`, to: `${year}-12-31` });
      return { year, timeZone: person.timeZone, days };
    },
  };
}
