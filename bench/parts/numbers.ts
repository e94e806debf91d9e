import { bearer, type Effort, headersFor, newPerson, type Part, startTrio, type Trio } from '../lib/part.ts';
import { giveHistory, giveTasks, type Person, signIn } from '../lib/people.ts';
import type { Contender } from '../lib/processes.ts';
import { type Section, tables } from '../lib/report.ts';
import { alternate } from '../lib/rounds.ts';
import type { World } from '../lib/world.ts';

const ANALYTICS = { path: '/v1/analytics', peerPath: '/analytics' };
const STREAKS = { path: '/v1/analytics/streaks', peerPath: '/streaks' };

interface Question {
  title: string;
  path: string;
  peerPath: string;
  person: Person;
  goal: number;
  /** Few, and for longer, where one answer of the other takes a good part of a second or more. */
  connections: number;
  seconds: number;
}

async function ask(world: World, trio: Trio, question: Question, rounds: number): Promise<Section> {
  const { ours, express } = trio;
  const { title, path, peerPath, person, goal, connections, seconds } = question;
  const headers = await headersFor(trio, person);
  const rows = await alternate(
    [
      { name: ours.name, pid: ours.pid, target: { url: ours.url + path, headers: headers.ours } },
      {
        name: express.name,
        pid: express.pid,
        target: { url: express.url + peerPath, headers: headers.express },
      },
    ],
    { rounds, seconds, connections, databasePid: world.databasePid },
  );
  const text = tables(rows, [{ of: ours.name, to: express.name, atLeast: goal }]);
  return { title, text: `${connections} connections.\n\n${text}` };
}

const HISTORIES = [1_000, 10_000, 100_000, 1_000_000];
const DAYS = 1_000;
const named = (rows: number) => `${rows.toLocaleString('en-US')} rows`;

interface Grown {
  name: string;
  person: Person;
  /** How long the first question took, which counts all of the person's rows. */
  firstMs: number;
}

async function grow(world: World, ours: Contender, rows: number): Promise<Grown> {
  const person = await newPerson(ours.url);
  await giveTasks(world, person.userId, 100);
  await giveHistory(world, person.userId, rows, DAYS);
  await world.sql.query('VACUUM ANALYZE tasks.reminders');
  const headers = bearer(await signIn(ours.url, person));
  const began = performance.now();
  const answer = await fetch(ours.url + ANALYTICS.path, { headers });
  if (answer.status !== 200) throw new Error(`the first question was answered with ${answer.status}`);
  return { name: named(rows), person, firstMs: performance.now() - began };
}

/** What a question costs beside how much the person has behind them, always over as many days. */
async function scale(
  world: World,
  ours: Contender,
  grown: readonly Grown[],
  { title, path }: { title: string; path: string },
  { rounds, seconds }: Effort,
): Promise<Section> {
  const runners = [];
  for (const { name, person } of grown) {
    const headers = bearer(await signIn(ours.url, person));
    runners.push({ name, pid: ours.pid, target: { url: ours.url + path, headers } });
  }
  const rows = await alternate(runners, { rounds, seconds, connections: 8, databasePid: world.databasePid });
  const [least = '', ...more] = grown.map(({ name }) => name);
  const goals = more.map((name) => ({ of: name, to: least, atLeast: 0.8 }));
  const first = grown.map(({ name, firstMs }) => `${name} ${Math.round(firstMs)} ms`).join(', ');
  return {
    title: `${title}, a history of ${DAYS} days`,
    text: `8 connections. The first question, which counts the rows: ${first}.\n\n${tables(rows, goals)}`,
  };
}

export const numbers: Part = {
  about: 'analytics and streaks, beside Express and beside a history of up to 1,000,000 rows',
  async run(world, effort) {
    const trio = await startTrio(world);
    const light = await newPerson(trio.ours.url);
    await giveTasks(world, light.userId, 100);
    await giveHistory(world, light.userId, 200, 60);
    const heavy = await newPerson(trio.ours.url);
    await giveTasks(world, heavy.userId, 5_000);
    await giveHistory(world, heavy.userId, 20_000, 700);
    await world.sql.query('VACUUM ANALYZE tasks.tasks');
    await world.sql.query('VACUUM ANALYZE tasks.reminders');
    const [few, many] = [
      { person: light, connections: 32, seconds: effort.seconds },
      { person: heavy, connections: 2, seconds: 12 },
    ];
    const questions: Question[] = [
      { ...ANALYTICS, ...few, title: 'Analytics, 100 tasks and 400 reminders', goal: 15 },
      { ...ANALYTICS, ...many, title: 'Analytics, 5,000 tasks and 30,000 reminders', goal: 25 },
      { ...STREAKS, ...few, title: 'Streaks, 200 completed reminders', goal: 1 },
      { ...STREAKS, ...many, title: 'Streaks, 20,000 completed reminders', goal: 100 },
    ];
    const sections: Section[] = [];
    for (const question of questions) sections.push(await ask(world, trio, question, effort.rounds));
    const grown: Grown[] = [];
    for (const rows of HISTORIES) grown.push(await grow(world, trio.ours, rows));
    sections.push(await scale(world, trio.ours, grown, { ...ANALYTICS, title: 'Analytics' }, effort));
    sections.push(await scale(world, trio.ours, grown, { ...STREAKS, title: 'Streaks' }, effort));
    return sections;
  },
};
