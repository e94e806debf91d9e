import { setTimeout } from 'node:timers/promises';
import { asking, clients } from '../lib/client.ts';
import { giveLibrary, VOCABULARY, word } from '../lib/library.ts';
import { bearer, newPerson, type Part } from '../lib/part.ts';
import { type Person, signIn } from '../lib/people.ts';
import { short, spread } from '../lib/report.ts';
import { alternate, median, type Row } from '../lib/rounds.ts';
import type { World } from '../lib/world.ts';

const GOAL_MS = 50;
const TASKS = 1_000_000;
/** The share of one person in all tasks: a tenth, and a thousandth. */
const EVERY = { heavy: 10, ordinary: 1_001 };
/** Different words are looked for in turn, so that no answer comes from the last one's pages alone. */
const DIFFERENT = 40;
const CLIENTS = 2;

const several = (make: (n: number) => string) => Array.from({ length: DIFFERENT }, (_, n) => make(n));
/** Words spread over a part of the vocabulary. */
const between = (from: number, to: number) =>
  several((n) => word(Math.floor(from + ((to - from) * n) / DIFFERENT)));

/** Two words that stand beside each other in tasks of this person. */
async function phrases({ sql }: World, { userId }: Person): Promise<string[]> {
  const { rows } = await sql.query(
    `SELECT split_part(title, ' ', 2) || ' ' || split_part(title, ' ', 3) AS phrase
     FROM tasks.tasks WHERE user_id = $1 ORDER BY id LIMIT $2`,
    [userId, DIFFERENT],
  );
  return rows.map(({ phrase }) => phrase);
}

async function questions(world: World, person: Person): Promise<Record<string, string[]>> {
  const rare = between(VOCABULARY / 2, VOCABULARY);
  return {
    'common words': between(1, 50),
    'words of the middle': between(200, 2_000),
    'rare words': rare,
    'beginnings of words': between(200, 20_000).map((text) => text.slice(0, 4)),
    'two letters': several((n) => word(n * 33).slice(0, 2)),
    phrases: await phrases(world, person),
    'misspelled, no match': rare.map((text) => `${text.slice(0, 3)}q${text.slice(3)}`),
  };
}

function table(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const isMet = median(row.p99) <= GOAL_MS ? 'yes' : '**no**';
    const cost = `${short(median(row.serverMs))} + ${short(median(row.databaseMs))}`;
    return `| ${row.name} | ${short(median(row.p50))} | ${spread(row.p99)} | ${isMet} | ${spread(row.perSecond)} | ${cost} |`;
  });
  return [
    `| looked for | p50 ms | p99 ms | ≤ ${GOAL_MS} ms | requests/s | CPU ms each (server + database) |`,
    '|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

/** The first search in vain has filters made for people with many tasks; what is measured comes after. */
async function filtersMade({ sql }: World, { userId }: Person, url: string, headers: Record<string, string>) {
  const inVain = new URLSearchParams({ q: 'nobody says this' });
  await (await fetch(`${url}/v1/tasks?${inVain}`, { headers })).text();
  const unread = async () => {
    const { rows } = await sql.query(
      `SELECT count(*)::int AS n FROM tasks.tasks WHERE user_id = $1 AND created_at < now() - interval '1 hour'
         AND created_at > coalesce((SELECT max(until) FROM tasks.search_blocks WHERE user_id = $1), '-infinity')`,
      [userId],
    );
    return rows[0].n;
  };
  while ((await unread()) >= 1_000) await setTimeout(500);
  await sql.query('VACUUM ANALYZE tasks.search_blocks');
}

export const search: Part = {
  about: 'words among 1,000,000 tasks, for somebody who has 100,000 of them and for one who has 1,000',
  async run(world, effort) {
    const tasks = effort.isQuick ? TASKS / 10 : TASKS;
    const ours = await world.spacedly('Spacedly');
    const people = { heavy: await newPerson(ours.url), ordinary: await newPerson(ours.url) };
    const began = performance.now();
    const owners = Object.entries(people).map(([name, { userId }]) => ({
      userId,
      every: EVERY[name as keyof typeof EVERY],
    }));
    await giveLibrary(world, { tasks, owners });
    const loadedSeconds = (performance.now() - began) / 1_000;
    const sections = [];
    for (const person of Object.values(people)) {
      const headers = bearer(await signIn(ours.url, person));
      await filtersMade(world, person, ours.url, headers);
      const runners = Object.entries(await questions(world, person)).map(([kind, words]) => {
        const pages = words.map((text) => ({
          url: `${ours.url}/v1/tasks?${new URLSearchParams({ q: text, limit: '50' })}`,
          headers,
        }));
        const [first = { url: '', headers }] = pages;
        // The second client is half a round ahead of the first, so that they never look for the same.
        const ahead = [...pages.slice(pages.length / 2), ...pages.slice(0, pages.length / 2)];
        const drive = clients([asking(pages), asking(ahead)]);
        return { name: kind, target: first, pid: ours.pid, drive };
      });
      const { rounds, seconds } = effort;
      const settings = { rounds, seconds, connections: CLIENTS, databasePid: world.databasePid };
      const { rows } = await world.sql.query(
        'SELECT count(*)::int AS n FROM tasks.tasks WHERE user_id = $1',
        [person.userId],
      );
      sections.push({
        title: `Somebody with ${rows[0].n.toLocaleString('en-US')} of ${tasks.toLocaleString('en-US')} tasks`,
        text: `GET /v1/tasks?q=…&limit=50, ${CLIENTS} clients, ${DIFFERENT} different words of each kind in turn; the data was there after ${short(loadedSeconds)} s.\n\n${table(await alternate(runners, settings))}`,
      });
    }
    return sections;
  },
};
