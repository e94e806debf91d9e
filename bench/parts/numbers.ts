import { bearer, headersFor, newPerson, type Part, startTrio, type Trio } from '../lib/part.ts';
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

/** With its entity tag, once the answer is kept. */
async function knownTo(url: string, headers: Record<string, string>): Promise<Record<string, string>> {
  const answer = await fetch(url, { headers });
  await answer.arrayBuffer();
  const etag = answer.headers.get('etag');
  if (answer.status !== 200 || etag === null) throw new Error(`${url}: no answer with an entity tag`);
  return { ...headers, 'if-none-match': etag };
}

/** Each question three ways: of a process that keeps nothing, kept and sent again, and known to the client. */
async function ask(
  world: World,
  { trio, cold, question }: { trio: Trio; cold: Contender; question: Question },
  rounds: number,
): Promise<Section> {
  const { ours, express } = trio;
  const { title, path, peerPath, person, goal, connections, seconds } = question;
  const headers = await headersFor(trio, person);
  const [kept, known] = [`${ours.name}, kept`, `${ours.name}, 304`];
  const url = ours.url + path;
  const target = { url: cold.url + path, headers: bearer(await signIn(cold.url, person)) };
  const rows = await alternate(
    [
      { name: cold.name, pid: cold.pid, target },
      { name: kept, pid: ours.pid, target: { url, headers: headers.ours } },
      { name: known, pid: ours.pid, target: { url, headers: await knownTo(url, headers.ours), status: 304 } },
      {
        name: express.name,
        pid: express.pid,
        target: { url: express.url + peerPath, headers: headers.express },
      },
    ],
    { rounds, seconds, connections, databasePid: world.databasePid },
  );
  const goals = [cold.name, kept, known].map((of) => ({ of, to: express.name, atLeast: goal }));
  return { title, text: `${connections} connections.\n\n${tables(rows, goals)}` };
}

export const numbers: Part = {
  about: 'analytics and streaks, beside Express',
  async run(world, effort) {
    const trio = await startTrio(world);
    const cold = await world.spacedly('Spacedly, cold', { LOG_LEVEL: 'info', NUMBERS_KEPT_MB: '0' });
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
      { person: heavy, connections: 2, seconds: 6 },
    ];
    const questions: Question[] = [
      { ...ANALYTICS, ...few, title: 'Analytics, 100 tasks and 400 reminders', goal: 15 },
      { ...ANALYTICS, ...many, title: 'Analytics, 5,000 tasks and 30,000 reminders', goal: 25 },
      { ...STREAKS, ...few, title: 'Streaks, 200 completed reminders', goal: 1 },
      { ...STREAKS, ...many, title: 'Streaks, 20,000 completed reminders', goal: 100 },
    ];
    const sections: Section[] = [];
    for (const question of questions)
      sections.push(await ask(world, { trio, cold, question }, effort.rounds));
    return sections;
  },
};
