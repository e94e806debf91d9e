import { type Ask, clients } from '../lib/client.ts';
import { giveAll, giveCrowd, settle } from '../lib/growth.ts';
import { bearer, type Effort, newPerson, type Part } from '../lib/part.ts';
import { openSession, type Person, refreshed, signIn } from '../lib/people.ts';
import type { Contender } from '../lib/processes.ts';
import { type Section, tables } from '../lib/report.ts';
import { alternate, type Runner } from '../lib/rounds.ts';
import { openWorld, type World } from '../lib/world.ts';

/** Of the rate with the least, at least. */
const GOAL = 0.8;
const SECONDS = 2;
const CONNECTIONS = 8;
const REFRESHING = 4;
/** What a person has of everything; the first of them also lives where the others have a hundredth. */
const SIZES = [100, 1_000, 10_000];
const PEOPLE = 10;
const many = (count: number) => count.toLocaleString('en-US');

interface Grown {
  name: string;
  ours: Contender;
  databasePid: number;
  person: Person;
}

/** An installation with so many others, and these people in it. */
async function grow(world: World, crowd: number, sizes: readonly number[]): Promise<Grown[]> {
  const ours = await world.spacedly('Spacedly');
  await giveCrowd(world, crowd);
  const grown: Grown[] = [];
  for (const size of sizes) {
    const person = await newPerson(ours.url);
    await giveAll(world, person.userId, size);
    const name = `${many(size)} of one's own, ${many(crowd * 100)} of others`;
    grown.push({ name, ours, databasePid: world.databasePid, person });
  }
  await settle(world);
  return grown;
}

interface Question {
  title: string;
  path: string;
}

const QUESTIONS: Question[] = [
  { title: 'The first 50 tasks', path: '/v1/tasks?limit=50' },
  { title: 'The next 50 reminders', path: '/v1/reminders?limit=50' },
  { title: 'The last 20 notifications', path: '/v1/notifications?limit=20' },
  { title: 'How many notifications are not read', path: '/v1/notifications/unread-count' },
  { title: 'Sessions, with a tenth as many that ended', path: '/v1/auth/sessions' },
];

/** Refreshes by as many clients, each with a session of its own. */
async function refreshing({ ours, person }: Grown): Promise<Runner['drive']> {
  const asks: Ask[] = [];
  for (let n = 0; n < REFRESHING; n += 1) {
    let { refreshToken } = await openSession(ours.url, person);
    asks.push(async () => {
      refreshToken = await refreshed(ours.url, refreshToken);
    });
  }
  return clients(asks);
}

async function section(
  title: string,
  runners: readonly Runner[],
  databasePid: number,
  effort: Effort,
): Promise<Section> {
  const seconds = effort.isQuick ? 1 : SECONDS;
  const rows = await alternate(runners, {
    rounds: effort.rounds,
    seconds,
    connections: CONNECTIONS,
    databasePid,
  });
  const [least = '', ...more] = runners.map(({ name }) => name);
  const goals = more.map((name) => ({ of: name, to: least, atLeast: GOAL }));
  return { title, text: tables(rows, goals) };
}

export const scale: Part = {
  about: 'what lists, counts and refreshes cost as a person and everybody else have a hundred times as much',
  async run(large, effort) {
    const small = await openWorld();
    try {
      const people = [
        ...(await grow(small, PEOPLE, SIZES.slice(0, 1))),
        ...(await grow(large, PEOPLE * (effort.isQuick ? 10 : 100), SIZES)),
      ];
      const sections: Section[] = [];
      for (const { title, path } of QUESTIONS) {
        const runners: Runner[] = [];
        for (const { name, ours, databasePid, person } of people) {
          const headers = bearer(await signIn(ours.url, person));
          runners.push({ name, databasePid, pid: ours.pid, target: { url: ours.url + path, headers } });
        }
        const text = await section(`${title}: GET ${path}`, runners, large.databasePid, effort);
        sections.push(text);
      }
      const runners: Runner[] = [];
      for (const grown of people) {
        const { name, ours, databasePid, person } = grown;
        const headers = bearer(await signIn(ours.url, person));
        const target = { url: `${ours.url}/v1/users/me`, headers };
        const drive = await refreshing(grown);
        runners.push({ name, databasePid, pid: ours.pid, target, ...(drive !== undefined && { drive }) });
      }
      const title = `A new pair of tokens: POST /v1/auth/refresh, ${REFRESHING} clients`;
      sections.push(await section(title, runners, large.databasePid, effort));
      return sections;
    } finally {
      await small.close();
    }
  },
};
