import type { Effort } from '../lib/part.ts';
import { headersFor, newPerson, type Part, startTrio, type Trio } from '../lib/part.ts';
import { giveHistory, giveTasks, type Person, signIn } from '../lib/people.ts';
import type { Contender } from '../lib/processes.ts';
import { type Section, tables } from '../lib/report.ts';
import { alternate } from '../lib/rounds.ts';
import type { World } from '../lib/world.ts';

const COLD = 'Spacedly, nothing remembered';

interface Question {
  title: string;
  path: string;
  peerPath: string;
  person: Person;
  goal: number;
}

async function ask(
  world: World,
  trio: Trio,
  cold: Contender,
  { title, path, peerPath, person, goal }: Question,
  effort: Effort,
): Promise<Section> {
  const { ours, express } = trio;
  const headers = await headersFor(trio, person);
  const coldHeaders = { authorization: `Bearer ${await signIn(cold.url, person)}` };
  const rows = await alternate(
    [
      { name: COLD, pid: cold.pid, target: { url: cold.url + path, headers: coldHeaders } },
      { name: ours.name, pid: ours.pid, target: { url: ours.url + path, headers: headers.ours } },
      {
        name: express.name,
        pid: express.pid,
        target: { url: express.url + peerPath, headers: headers.express },
      },
    ],
    { ...effort, connections: 32, databasePid: world.databasePid },
  );
  const goals = [
    { of: COLD, to: express.name, atLeast: goal },
    { of: ours.name, to: express.name },
  ];
  return { title, text: tables(rows, goals) };
}

export const numbers: Part = {
  about: 'analytics and streaks, of somebody new and of somebody with 20,000 completed reminders',
  async run(world, effort) {
    const trio = await startTrio(world);
    const cold = await world.spacedly(COLD, { LIST_CACHE_MB: '0' });
    const light = await newPerson(trio.ours.url);
    await giveTasks(world, light.userId, 100);
    await giveHistory(world, light.userId, 200, 60);
    const heavy = await newPerson(trio.ours.url);
    await giveTasks(world, heavy.userId, 5_000);
    await giveHistory(world, heavy.userId, 20_000, 700);
    await world.sql.query('VACUUM ANALYZE tasks.tasks');
    await world.sql.query('VACUUM ANALYZE tasks.reminders');
    const analytics = { path: '/v1/analytics', peerPath: '/analytics' };
    const streaks = { path: '/v1/analytics/streaks', peerPath: '/streaks' };
    const questions: Question[] = [
      { ...analytics, title: 'Analytics, 100 tasks and 200 reminders', person: light, goal: 15 },
      { ...analytics, title: 'Analytics, 5,000 tasks and 30,000 reminders', person: heavy, goal: 25 },
      { ...streaks, title: 'Streaks, 200 completed reminders', person: light, goal: 1 },
      { ...streaks, title: 'Streaks, 20,000 completed reminders', person: heavy, goal: 100 },
    ];
    const sections: Section[] = [];
    for (const question of questions) sections.push(await ask(world, trio, cold, question, effort));
    return sections;
  },
};
