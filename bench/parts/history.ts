import { bearer, type Effort, newPerson, type Part } from '../lib/part.ts';
import { giveHistory, giveTasks, type Person, signIn } from '../lib/people.ts';
import type { Contender } from '../lib/processes.ts';
import { type Section, tables } from '../lib/report.ts';
import { alternate } from '../lib/rounds.ts';
import type { World } from '../lib/world.ts';

const ANALYTICS = '/v1/analytics';
const STREAKS = '/v1/analytics/streaks';
const HISTORIES = [1_000, 10_000, 100_000, 1_000_000];
const DAYS = 1_000;
const named = (rows: number) => `${rows.toLocaleString('en-US')} rows`;

interface Grown {
  name: string;
  person: Person;
  /** How long the first question took, which counts all of the person's rows. */
  firstMs: number;
}

async function grow(world: World, cold: Contender, rows: number): Promise<Grown> {
  const person = await newPerson(cold.url);
  await giveTasks(world, person.userId, 100);
  await giveHistory(world, person.userId, rows, DAYS);
  await world.sql.query('VACUUM ANALYZE tasks.reminders');
  const headers = bearer(await signIn(cold.url, person));
  const began = performance.now();
  const answer = await fetch(cold.url + ANALYTICS, { headers });
  if (answer.status !== 200) throw new Error(`the first question was answered with ${answer.status}`);
  return { name: named(rows), person, firstMs: performance.now() - began };
}

/** What a question costs beside how much the person has behind them, always over as many days. */
async function scale(
  world: World,
  cold: Contender,
  grown: readonly Grown[],
  { title, path }: { title: string; path: string },
  { rounds, seconds }: Effort,
): Promise<Section> {
  const runners = [];
  for (const { name, person } of grown) {
    const headers = bearer(await signIn(cold.url, person));
    runners.push({ name, pid: cold.pid, target: { url: cold.url + path, headers } });
  }
  const rows = await alternate(runners, { rounds, seconds, connections: 8, databasePid: world.databasePid });
  const [least = '', ...more] = grown.map(({ name }) => name);
  const goals = more.map((name) => ({ of: name, to: least, atLeast: 0.8 }));
  const first = grown.map(({ name, firstMs }) => `${name} ${Math.round(firstMs)} ms`).join(', ');
  return {
    title: `${title}, cold, a history of ${DAYS} days`,
    text: `8 connections. The first question, which counts the rows: ${first}.\n\n${tables(rows, goals)}`,
  };
}

export const history: Part = {
  about: 'analytics and streaks beside a history of up to 1,000,000 rows',
  async run(world, effort) {
    const cold = await world.spacedly('Spacedly, cold', { LOG_LEVEL: 'info', NUMBERS_KEPT_MB: '0' });
    const grown: Grown[] = [];
    for (const rows of HISTORIES) grown.push(await grow(world, cold, rows));
    return [
      await scale(world, cold, grown, { title: 'Analytics', path: ANALYTICS }, effort),
      await scale(world, cold, grown, { title: 'Streaks', path: STREAKS }, effort),
    ];
  },
};
