import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installIn } from '../lib/install.ts';
import type { Part } from '../lib/part.ts';
import { giveTasks, newPerson, type Person } from '../lib/people.ts';
import { median } from '../lib/rounds.ts';

const FOLDER = join(import.meta.dirname, '..', 'lighthouse');
const GOAL = 95;
const TASKS = 50;
/** Each is six loads of a third of a minute. */
const ROUNDS = 3;
const FORMS = ['phone', 'desktop'] as const;
const PAGES = [
  { name: 'landing', path: '/', isSignedIn: false },
  { name: 'sign-in', path: '/sign-in', isSignedIn: false },
  { name: 'Today', path: '/today', isSignedIn: true },
] as const;

/** What `measure.mjs` says of one load. */
interface Seen {
  version: string;
  performance: number;
  accessibility: number;
  bestPractices: number;
  firstPaintMs: number;
  largestPaintMs: number;
  speedIndexMs: number;
  blockedMs: number;
  /** Cumulative layout shift, without a unit. */
  shift: number;
}

interface Ask {
  origin: string;
  path: string;
  form: (typeof FORMS)[number];
  person?: Person;
  /** Where the last thing seen is written, as JPEG. */
  picture: string;
}

async function see(ask: Ask): Promise<Seen> {
  const args = [join(FOLDER, 'measure.mjs'), JSON.stringify(ask)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 180_000 });
  return JSON.parse(stdout) as Seen;
}

const seconds = (ms: number) => (ms / 1_000).toFixed(1);
const line = (...cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;

function row(name: string, loads: readonly Seen[]): string {
  const middle = (key: Exclude<keyof Seen, 'version'>) => median(loads.map((load) => load[key]));
  const scores = loads.map(({ performance }) => performance);
  const performance = middle('performance');
  return line(
    name,
    `${performance} (${Math.min(...scores)}–${Math.max(...scores)})`,
    performance >= GOAL ? 'yes' : '**no**',
    middle('accessibility'),
    middle('bestPractices'),
    seconds(middle('firstPaintMs')),
    seconds(middle('largestPaintMs')),
    seconds(middle('speedIndexMs')),
    Math.round(middle('blockedMs')),
    middle('shift').toFixed(3),
  );
}

export const lighthouse: Part = {
  about: 'what Lighthouse says of landing, sign-in and Today, on its phone and its desktop',
  async run(world, effort) {
    const rounds = Math.min(effort.rounds, ROUNDS);
    installIn(FOLDER);
    const { url: origin } = await world.spacedly('Spacedly');
    const person = await newPerson(origin);
    await giveTasks(world, person.userId, TASKS);
    await world.sql.query(
      "UPDATE tasks.tasks SET due_date = now() WHERE user_id = $1 AND status = 'todo' AND position <= 15",
      [person.userId],
    );
    const pictures = await mkdtemp(join(tmpdir(), 'spacedly-seen-'));
    const loads = new Map<string, Seen[]>();
    for (let round = 0; round < rounds; round += 1)
      for (const form of FORMS)
        for (const { name, path, isSignedIn } of PAGES) {
          const picture = join(pictures, `${name}-${form}-${round}.jpg`);
          const seen = await see({ origin, path, form, picture, ...(isSignedIn && { person }) });
          const key = `${name}, ${form}`;
          loads.set(key, [...(loads.get(key) ?? []), seen]);
        }
    console.log(`what was seen last: ${pictures}`);
    const text = [
      line(
        '',
        'performance',
        `≥ ${GOAL}`,
        'accessibility',
        'best practices',
        'FCP s',
        'LCP s',
        'SI s',
        'TBT ms',
        'CLS',
      ),
      line(...Array.from({ length: 10 }, () => '---')),
      ...[...loads].map(([key, seen]) => row(key, seen)),
      '',
      `Lighthouse ${loads.values().next().value?.[0]?.version}; medians of ${rounds} loads (performance: smallest–largest), each in a`,
      `new browser. The phone is Lighthouse's default: slow 4G and a processor four times slower, simulated. Today is that of`,
      `a person with ${TASKS} tasks, ten of them due, who was here before. At the end the machine's load of five minutes was`,
      `${Math.round(loadavg()[1] ?? 0)}: programs at work or in line, which lengthen what blocks (TBT) most of all.`,
    ].join('\n');
    return [{ title: 'Three pages, first load', text }];
  },
};
