import type { Analytics, Heatmap } from '@spacedly/contracts';
import type { TasksDeps } from '../deps.ts';
import { addDays, startOfDay } from '../people/days.ts';
import { momentOf } from '../people/moment.ts';
import { dayIn } from './rules.ts';
import { firstDay, presentAnalytics } from './rules-overview.ts';
import { countStreaks, type Streaks } from './rules-streaks.ts';
import { countByDay, findActiveDays } from './store.ts';
import { findOverview } from './store-overview.ts';

const RETENTION_DAYS = 30;

/** The numbers of a person in their own days. Read anew each time, so never stale. */
export async function getAnalytics(deps: TasksDeps, userId: string): Promise<Analytics> {
  const { now, timeZone } = await momentOf(deps, userId);
  const today = dayIn(timeZone, now);
  const overview = await findOverview(deps.db, {
    userId,
    timeZone,
    now,
    since: startOfDay(firstDay(today), timeZone),
    retentionSince: startOfDay(addDays(today, 1 - RETENTION_DAYS), timeZone),
  });
  return presentAnalytics(overview, { today, timeZone });
}

export async function getStreaks(deps: TasksDeps, userId: string): Promise<Streaks> {
  const { now, timeZone } = await momentOf(deps, userId);
  const today = dayIn(timeZone, now);
  return countStreaks(await findActiveDays(deps.db, { userId, timeZone, today }), today);
}

export async function getHeatmap(
  deps: TasksDeps,
  userId: string,
  yearAsked: number | undefined,
): Promise<Heatmap> {
  const { now, timeZone } = await momentOf(deps, userId);
  const year = yearAsked ?? Number(dayIn(timeZone, now).slice(0, 4));
  const from = startOfDay(`${year}-01-01`, timeZone);
  const to = startOfDay(`${year + 1}-01-01`, timeZone);
  return { year, timeZone, days: await countByDay(deps.db, { userId, timeZone, from, to }) };
}
