import { setTimeout as delay } from 'node:timers/promises';
import { type Ask, asking } from '../lib/client.ts';
import { load, type Measured, type Target } from '../lib/load.ts';
import { bearer, type Effort, newPerson, type Part } from '../lib/part.ts';
import { giveHistory, giveOthers, giveTasks, type Person, signIn } from '../lib/people.ts';
import type { Contender } from '../lib/processes.ts';
import { type Section, short, spread } from '../lib/report.ts';
import { median } from '../lib/rounds.ts';
import type { World } from '../lib/world.ts';

/** What is left of the other's rate, at least. */
const GOAL = 0.8;
const QUIET = 'quiet';
/** One: somebody who clicks. Sixteen: everybody else, so that the server has something to do all the time. */
const CONNECTIONS = [1, 16];
const SECONDS = 2;

/** Asks for an archive of everything and waits until it is there; what would refuse the sixth in a day is forgotten. */
function exporting({ sql }: World, url: string, { userId }: Person, headers: Record<string, string>): Ask {
  const ask = asking([{ url: `${url}/v1/users/me/export`, headers }]);
  return async () => {
    await sql.query("DELETE FROM auth.counters WHERE key LIKE 'export:%'");
    await ask();
    for (let isPending = true; isPending; ) {
      await delay(50);
      const { rows } = await sql.query(
        "SELECT 1 FROM auth.data_exports WHERE user_id = $1 AND status = 'PENDING'",
        [userId],
      );
      isPending = rows.length > 0;
    }
  };
}

/** Does something again and again until told to stop. */
function keepAsking(ask: Ask): () => Promise<number> {
  let isOver = false;
  let asked = 0;
  const done = (async () => {
    for (; !isOver; asked += 1) await ask();
  })();
  // Told by whoever awaits the end of it.
  done.catch(() => {});
  return async () => {
    isOver = true;
    await done;
    return asked;
  };
}

interface Seen extends Pick<Measured, 'p99' | 'perSecond'> {
  asked: number;
}

/** The other's request beside each of the heavy ones and beside none, taking turns. */
async function compare(
  target: Target,
  heavy: ReadonlyMap<string, Ask | null>,
  connections: number,
  { rounds }: Effort,
): Promise<Map<string, Seen[]>> {
  const seen = new Map<string, Seen[]>([...heavy.keys()].map((name) => [name, []]));
  await load(target, { connections, seconds: 1 });
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, ask] of heavy) {
      const stop = ask === null ? async () => 0 : keepAsking(ask);
      if (ask !== null) await delay(100);
      const { failed, perSecond, p99 } = await load(target, { connections, seconds: SECONDS });
      if (failed > 0) throw new Error(`${failed} answers were not what was asked for`);
      seen.get(name)?.push({ perSecond, p99, asked: await stop() });
    }
  }
  return seen;
}

function table(seen: ReadonlyMap<string, readonly Seen[]>): string {
  const quiet = seen.get(QUIET) as readonly Seen[];
  const lines = [...seen].map(([name, rounds]) => {
    const left = rounds.map(({ perSecond }, n) => perSecond / (quiet[n] as Seen).perSecond);
    const isMet = median(left) >= GOAL ? 'yes' : '**no**';
    const judged = name === QUIET ? '| | ' : `| ${spread(left)} | ${isMet} `;
    const asked = name === QUIET ? '' : short(median(rounds.map((round) => round.asked)));
    return (
      `| ${name} | ${spread(rounds.map(({ perSecond }) => perSecond))} ${judged}` +
      `| ${spread(rounds.map(({ p99 }) => p99))} | ${asked} |`
    );
  });
  return [
    `| beside | requests/s of the other | ÷ quiet | ≥ ${GOAL} | p99 ms | heavy ones answered |`,
    '|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

async function heavyRequests(world: World, ours: Contender): Promise<Map<string, Ask | null>> {
  const person = await newPerson(ours.url);
  await giveTasks(world, person.userId, 10_000);
  await giveHistory(world, person.userId, 100_000, 1_000);
  await giveOthers(world, 400, 250);
  const headers = bearer(await signIn(ours.url, person));
  const get = (path: string) => asking([{ url: ours.url + path, headers }]);
  // With less to tell, so that one archive is done before the next turn; asked for without a pause it is the same work.
  const exporter = await newPerson(ours.url);
  await giveTasks(world, exporter.userId, 1_000);
  const exporterHeaders = bearer(await signIn(ours.url, exporter));
  return new Map([
    [QUIET, null],
    ['streaks', get('/v1/analytics/streaks')],
    ['analytics', get('/v1/analytics')],
    ['heat map', get('/v1/analytics/heatmap?year=2026')],
    ['search without a match', get('/v1/tasks?q=nowhere+to+be+found')],
    ['list of 100 by due date', get('/v1/tasks?limit=100&sort=due')],
    ['export', exporting(world, ours.url, exporter, exporterHeaders)],
  ]);
}

export const isolation: Part = {
  about: 'how much one client that loops the heaviest requests takes from everybody else',
  async run(world, effort) {
    const ours = await world.spacedly('Spacedly');
    const other = await newPerson(ours.url);
    await giveTasks(world, other.userId, 100);
    const heavy = await heavyRequests(world, ours);
    const headers = bearer(await signIn(ours.url, other));
    const sections: Section[] = [];
    for (const path of ['/v1/users/me', '/v1/tasks?limit=50']) {
      for (const connections of CONNECTIONS) {
        const seen = await compare({ url: ours.url + path, headers }, heavy, connections, effort);
        sections.push({
          title: `GET ${path}, ${connections === 1 ? 'one connection' : `${connections} connections`}`,
          text: table(seen),
        });
      }
    }
    const [first] = sections;
    if (first !== undefined) {
      first.text =
        'The one who loops has 10,000 tasks, 20,000 reminders to come and 100,000 done over 1,000 days, and asks for the ' +
        'next as soon as an answer is there, archives with 5,000 rows; the other has 100 tasks. `DB_POOL_MAX=10`. Load, server and database share ' +
        `the cores, so a second client takes its fair part of them as well.\n\n${first.text}`;
    }
    return sections;
  },
};
