import { setTimeout as delay } from 'node:timers/promises';
import { asking, p99, timesOf } from '../lib/client.ts';
import { bearer, newPerson, type Part } from '../lib/part.ts';
import { giveTasks, type Person, signIn } from '../lib/people.ts';
import { type Contender, rssMegabytes } from '../lib/processes.ts';
import { short, spread } from '../lib/report.ts';
import { median } from '../lib/rounds.ts';

const PER_SECOND = 200;
const WIDTHS = [1, 2, 3];
const PEOPLE = 20;
const GOAL = 2;

interface Answers {
  ok: number;
  busy: number;
}

/** Asks for sign-ins whether or not those before were answered. @returns once all of them are */
async function signInsFor(url: string, people: readonly Person[], seconds: number): Promise<Answers> {
  const answers: Answers = { ok: 0, busy: 0 };
  const ask = async ({ email: identifier, password }: Person) => {
    const answer = await fetch(`${url}/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ identifier, password }),
    });
    await answer.arrayBuffer();
    if (answer.status !== 200 && answer.status !== 503) throw new Error(`answered ${answer.status}`);
    answers[answer.ok ? 'ok' : 'busy'] += 1;
  };
  const startedAt = performance.now();
  const asked: Promise<void>[] = [];
  while (asked.length < PER_SECOND * seconds) {
    const due = ((performance.now() - startedAt) / 1_000) * PER_SECOND;
    while (asked.length < due) asked.push(ask(people[asked.length % people.length] as Person));
    await delay(2);
  }
  await Promise.all(asked);
  return answers;
}

interface Seen {
  quiet: number[];
  storm: number[];
  median: number[];
  signedIn: number[];
  refused: number[];
  rss: number;
}

async function round(ours: Contender, people: readonly Person[], seen: Seen, seconds: number): Promise<void> {
  const headers = bearer(await signIn(ours.url, people[0] as Person));
  const list = asking([{ url: `${ours.url}/v1/tasks?limit=50`, headers }]);
  seen.quiet.push(p99(await timesOf(list, seconds)));
  const [answers, times] = await Promise.all([signInsFor(ours.url, people, seconds), timesOf(list, seconds)]);
  seen.storm.push(p99(times));
  seen.median.push(median(times));
  seen.signedIn.push(answers.ok / seconds);
  seen.refused.push(answers.busy / seconds);
  seen.rss = Math.max(seen.rss, rssMegabytes(ours.pid));
}

export const storm: Part = {
  about: 'a list while 200 sign-ins a second are asked for, by how many of them go on at once',
  async run(world, { rounds, isQuick }) {
    const seconds = isQuick ? 2 : 10;
    const ours: { width: number; process: Contender; seen: Seen }[] = [];
    for (const width of WIDTHS) {
      const process = await world.spacedly(`${width} at once`, { SIGN_INS_AT_ONCE: String(width) });
      const seen = { quiet: [], storm: [], median: [], signedIn: [], refused: [], rss: 0 };
      ours.push({ width, process, seen });
    }
    const { url } = (ours[0] as { process: Contender }).process;
    const people: Person[] = [];
    for (let n = 0; n < PEOPLE; n += 1) people.push(await newPerson(url));
    await giveTasks(world, (people[0] as Person).userId, 200);
    for (let n = 0; n < rounds; n += 1) {
      for (const { process, seen } of ours) await round(process, people, seen, seconds);
    }
    const lines = ours.map(({ width, seen }) => {
      const ratio = seen.storm.map((value, n) => value / (seen.quiet[n] as number));
      const isMet = median(ratio) <= GOAL ? 'yes' : '**no**';
      return (
        `| ${width} | ${spread(seen.quiet)} | ${spread(seen.storm)} | ${spread(seen.median)} | ${spread(ratio)} | ${isMet} | ` +
        `${short(median(seen.signedIn))} | ${short(median(seen.refused))} | ${short(seen.rss)} |`
      );
    });
    const text = [
      `DB_POOL_MAX=10; ${seconds} s quiet, then ${seconds} s of storm, in turns; one client reads one list of 50 after another.`,
      '',
      '| at once | p99 quiet, ms | p99 in the storm, ms | median in the storm, ms | storm ÷ quiet | ≤ 2 | signed in /s | 503 /s | RSS MB |',
      '|---|---|---|---|---|---|---|---|---|',
      ...lines,
    ].join('\n');
    return [{ title: `${PER_SECOND} sign-ins a second asked for`, text }];
  },
};
