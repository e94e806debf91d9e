import { setTimeout as delay } from 'node:timers/promises';
import { type Ask, asking, inTurn, timesOf } from '../lib/client.ts';
import { bearer, type Effort, newPerson, type Part } from '../lib/part.ts';
import { signIn } from '../lib/people.ts';
import { nodesBelow } from '../lib/processes.ts';
import { type Section, short, spread } from '../lib/report.ts';
import { median } from '../lib/rounds.ts';
import type { Started, World } from '../lib/world.ts';

const READY_GOAL_MS = 2_000;
const IDLE_GOAL_MB = 150;
/** Of the memory of the first third; below it, it is the collector's own up and down. */
const GROWTH_GOAL = 1.05;
const CLIENTS = 6;
const TASKS = 100;
const yes = (isMet: boolean) => (isMet ? 'yes' : '**no**');

async function starts(world: World, { rounds }: Effort): Promise<Section> {
  const first = await world.npmStart();
  await first.stop();
  const times: number[] = [];
  for (let n = 0; n < rounds; n += 1) {
    const next = await world.npmStart();
    times.push(next.readyMs);
    await next.stop();
  }
  const isMet = median(times) <= READY_GOAL_MS;
  return {
    title: '`npm start` until it is ready',
    text: [
      'From the command until `/health/ready` says 200, asked for every 20 ms: npm, the look whether something is to be',
      'installed or built, the embedded PostgreSQL and the server.',
      '',
      '| | seconds | goal | met |',
      '|---|---|---|---|',
      `| the first time, with a new database (and the web app's build where there was none) | ${short(first.readyMs / 1_000)} | | |`,
      `| later, ${rounds} times | ${spread(times.map((time) => time / 1_000))} | ≤ ${READY_GOAL_MS / 1_000} | ${yes(isMet)} |`,
    ].join('\n'),
  };
}

/** Memory of all Node processes below npm, which is none of ours. */
const ownMegabytes = ({ pid }: Started) => nodesBelow(pid).reduce((sum, { rss }) => sum + rss, 0);

async function idleMemory(ours: Started, { isQuick }: Effort): Promise<Section> {
  const seconds = isQuick ? 3 : 30;
  await delay(seconds * 1_000);
  const all = ownMegabytes(ours);
  const count = nodesBelow(ours.pid).length;
  return {
    title: `Memory after ${seconds} s of nothing`,
    text: [
      '| | RSS MB | goal | met |',
      '|---|---|---|---|',
      `| Node processes, ${count} | ${short(all)} | ≤ ${IDLE_GOAL_MB} | ${yes(all <= IDLE_GOAL_MB)} |`,
    ].join('\n'),
  };
}

/** What people do all day, one after another: mostly reading, sometimes writing. */
function day(url: string, headers: Record<string, string>): Ask {
  const get = (path: string) => asking([{ url: url + path, headers }]);
  const create: Ask = async () => {
    const answer = await fetch(`${url}/v1/tasks`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Practise chapter 7', dueDay: '2030-01-01' }),
    });
    const { id } = (await answer.json()) as { id: string };
    const deleted = await fetch(`${url}/v1/tasks/${id}`, { method: 'DELETE', headers });
    await deleted.arrayBuffer();
    if (answer.status !== 201 || !deleted.ok) throw new Error(`answered ${answer.status}, ${deleted.status}`);
  };
  return inTurn([
    get('/v1/users/me'),
    get('/v1/tasks?limit=50'),
    get('/v1/tasks/today'),
    get('/v1/tasks?q=chapter'),
    get('/v1/notifications/unread-count'),
    get('/v1/analytics'),
    get('/v1/analytics/streaks'),
    create,
  ]);
}

async function soak(ours: Started, { isQuick, isLong }: Effort): Promise<Section> {
  const seconds = isQuick ? 6 : isLong ? 600 : 180;
  const warmUpSeconds = isQuick ? 2 : 30;
  const person = await newPerson(ours.url);
  const headers = bearer(await signIn(ours.url, person));
  const body = JSON.stringify({ title: 'Read chapter 1', description: 'What to look at, and why. ' });
  for (let n = 0; n < TASKS; n += 1) {
    const made = await fetch(`${ours.url}/v1/tasks`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    });
    await made.arrayBuffer();
  }
  const asks = Array.from({ length: CLIENTS }, () => day(ours.url, headers));
  const work = (length: number) => Promise.all(asks.map((ask) => timesOf(ask, length, 10)));
  await work(warmUpSeconds);
  const samples: number[] = [];
  const timer = setInterval(() => samples.push(ownMegabytes(ours)), isQuick ? 200 : 1_000);
  const times = await work(seconds).finally(() => clearInterval(timer));
  const third = Math.floor(samples.length / 3);
  const thirds = [0, 1, 2].map((n) => samples.slice(n * third, (n + 1) * third));
  const growth = median(thirds[2] as number[]) / median(thirds[0] as number[]);
  return {
    title: `Memory over ${seconds} s of mixed load`,
    text: [
      `${CLIENTS} clients, after ${warmUpSeconds} s of the same: who am I, lists, Today, a search, analytics, streaks, a task made and`,
      `deleted; ${short(times.flat().length / seconds)} answers a second.`,
      '',
      '| third | RSS MB, median (min–max) |',
      '|---|---|',
      ...thirds.map((values, n) => `| ${n + 1} | ${spread(values)} |`),
      '',
      `Last ÷ first: ${growth.toFixed(3)}; goal ≤ ${GROWTH_GOAL}; met: ${yes(growth <= GROWTH_GOAL)}`,
    ].join('\n'),
  };
}

export const start: Part = {
  about: 'npm start until it is ready, memory after that, and over minutes of mixed load',
  async run(world, effort) {
    const started = await starts(world, effort);
    const ours = await world.npmStart();
    try {
      return [started, await idleMemory(ours, effort), await soak(ours, effort)];
    } finally {
      await ours.stop();
    }
  },
};
