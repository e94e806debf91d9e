import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { type Inside, LOOKED_INTO, lookInside } from '../lib/inside.ts';
import { newPerson, type Part } from '../lib/part.ts';
import { giveTwins, tokensOf } from '../lib/people.ts';
import { type Contender, cpuSeconds } from '../lib/processes.ts';
import { short, spread } from '../lib/report.ts';
import { median } from '../lib/rounds.ts';
import type { Task, Told, Wish } from '../lib/streams.ts';
import type { World } from '../lib/world.ts';

const GOAL_MS = 200;
const GOAL_KB = 20;
const SETTLE_MS = 2_000;

/** @throws Error where the system lets a process open fewer files than are needed */
function assertFiles(pid: number, needed: number): void {
  const limits = readFileSync(`/proc/${pid}/limits`, 'utf8');
  const open = Number(/Max open files\s+(\d+)/.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY);
  if (open < needed)
    throw new Error(`a process may open ${open} files and needs ${needed}: ulimit -n ${needed}`);
}

/** The browsers, and a way to ask them. */
function startBrowsers() {
  const child = fork(new URL('../lib/streams.ts', import.meta.url).pathname, { execArgv: [] });
  return {
    async ask(wish: Wish) {
      child.send(wish);
      const [told] = (await once(child, 'message')) as [Told];
      if ('error' in told) throw new Error(told.error);
      return told;
    },
    async stop() {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

type Browsers = ReturnType<typeof startBrowsers>;

async function giveOpenTasks({ sql }: World, userIds: readonly string[], each: number) {
  const { rows } = await sql.query(
    `INSERT INTO tasks.tasks (id, user_id, title, created_at, updated_at)
     SELECT gen_random_uuid(), user_id, 'Practise chapter ' || n, now(), now()
     FROM unnest($1::uuid[]) AS user_id, generate_series(1, $2::int) AS n RETURNING id AS "taskId", user_id AS "userId"`,
    [userIds, each],
  );
  return rows as { taskId: string; userId: string }[];
}

async function settled(ours: Contender): Promise<Inside> {
  await lookInside(ours);
  await delay(SETTLE_MS);
  return lookInside(ours);
}

interface Seen {
  name: string;
  perSecond: number;
  tasks: Task[];
  p50: number[];
  p99: number[];
  largest: number[];
  cpuMs: number[];
}

/** One has as much told to them as a burst of reminders may bring; the others are as many as the goal is about. */
const RUNS = [
  { name: 'each to another person', perSecond: 100, isToMany: true },
  { name: 'all to one person', perSecond: 20, isToMany: false },
];

interface Plan {
  count: number;
  runs: typeof RUNS;
  /** How long each of them goes on in all. */
  seconds: number;
}

async function prepare(world: World, ours: Contender, { count, runs, seconds }: Plan) {
  const twins = await giveTwins(world, await newPerson(ours.url), count);
  const tokens = await tokensOf(ours.url, twins);
  const tokenOf = new Map(twins.map(({ userId }, index) => [userId, tokens[index] as string]));
  const userIds = twins.map(({ userId }) => userId);
  const seen: Seen[] = [];
  for (const { isToMany, ...run } of runs) {
    const people = isToMany ? userIds : userIds.slice(0, 1);
    const given = await giveOpenTasks(world, people, Math.ceil((run.perSecond * seconds) / people.length));
    const tasks = given.map(({ taskId, userId }) => ({ taskId, token: tokenOf.get(userId) as string }));
    seen.push({ ...run, tasks, p50: [], p99: [], largest: [], cpuMs: [] });
  }
  await world.sql.query('VACUUM ANALYZE tasks.tasks');
  return { tokens, seen };
}

const line = ({ name, perSecond, p50, p99, largest, cpuMs }: Seen) =>
  `| ${perSecond} a second, ${name} | ${spread(p50)} | ${spread(p99)} | ${spread(largest)} | ${spread(cpuMs)} | ` +
  `${median(p99) <= GOAL_MS ? 'yes' : '**no**'} |`;

/** @returns how many streams were lost until now */
async function turn(browsers: Browsers, ours: Contender, seen: Seen, seconds: number): Promise<number> {
  const { perSecond } = seen;
  const tasks = seen.tasks.splice(0, perSecond * seconds);
  const before = cpuSeconds(ours.pid);
  const { times, lost } = await browsers.ask({ wish: 'complete', url: ours.url, tasks, perSecond });
  const sorted = times.toSorted((a, b) => a - b);
  seen.p50.push(median(sorted));
  seen.p99.push(sorted[Math.floor(sorted.length * 0.99)] as number);
  seen.largest.push(sorted.at(-1) as number);
  seen.cpuMs.push(((cpuSeconds(ours.pid) - before) * 1_000) / tasks.length);
  return lost;
}

export const live: Part = {
  about: 'from a completed task to the browsers, beside 5,000 open event streams',
  async run(world, { rounds, isQuick }) {
    const count = isQuick ? 500 : 5_000;
    const seconds = isQuick ? 2 : 8;
    const ours = await world.spacedly('Spacedly', LOOKED_INTO);
    assertFiles(ours.pid, count + 200);
    const runs = isQuick ? RUNS.map((run) => ({ ...run, perSecond: run.perSecond / 10 })) : RUNS;
    const { tokens, seen } = await prepare(world, ours, { count, runs, seconds: seconds * rounds });
    const browsers = startBrowsers();
    try {
      const without = await settled(ours);
      const began = performance.now();
      await browsers.ask({ wish: 'open', url: ours.url, tokens });
      const openedS = (performance.now() - began) / 1_000;
      const open = await settled(ours);
      let lost = 0;
      for (let round = 0; round < rounds; round += 1)
        for (const each of seen) lost = await turn(browsers, ours, each, seconds);
      const perStream = (key: 'rss' | 'used') => (open[key] - without[key]) / count / 1_024;
      const text = [
        `Tasks are completed, ${seconds} s in turns; from the request that does it until the event is there. Each stream ` +
          'belongs to another person.',
        '',
        `| milliseconds | p50 | p99 | largest | CPU of the server for each | p99 ≤ ${GOAL_MS} |`,
        '|---|---|---|---|---|---|',
        ...seen.map(line),
        '',
        `- ${short(perStream('rss'))} KB of memory for each stream, ${short(perStream('used'))} of them used by JavaScript ` +
          `(goal ≤ ${GOAL_KB}: ${perStream('rss') <= GOAL_KB ? 'met' : '**not met**'}); RSS ${short(open.rss / 2 ** 20)} MB`,
        `- opened in ${short(openedS)} s; ${lost} were lost`,
      ].join('\n');
      return [{ title: `${count.toLocaleString('en-US')} open event streams`, text }];
    } finally {
      await browsers.stop();
    }
  },
};
