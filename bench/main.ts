import { parseArgs } from 'node:util';
import type { Effort, Part } from './lib/part.ts';
import { writeReport } from './lib/report.ts';
import { openWorld } from './lib/world.ts';
import { create } from './parts/create.ts';
import { gateway } from './parts/gateway.ts';
import { history } from './parts/history.ts';
import { idle } from './parts/idle.ts';
import { images } from './parts/images.ts';
import { isolation } from './parts/isolation.ts';
import { lighthouse } from './parts/lighthouse.ts';
import { list } from './parts/list.ts';
import { live } from './parts/live.ts';
import { me } from './parts/me.ts';
import { micro } from './parts/micro.ts';
import { numbers } from './parts/numbers.ts';
import { processes } from './parts/processes.ts';
import { reminders } from './parts/reminders.ts';
import { scale } from './parts/scale.ts';
import { search } from './parts/search.ts';
import { signIn } from './parts/sign-in.ts';
import { start } from './parts/start.ts';
import { storm } from './parts/storm.ts';

const parts: Record<string, Part> = {
  list,
  me,
  create,
  numbers,
  history,
  reminders,
  idle,
  gateway,
  micro,
  storm,
  'sign-in': signIn,
  live,
  images,
  search,
  isolation,
  start,
  scale,
  processes,
  lighthouse,
};

/** `lighthouse` needs the web app built and Chromium; `npm run lighthouse` sees to it. */
const EVERYTHING = Object.keys(parts).filter((name) => name !== 'lighthouse');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function usage(): string {
  const names = Object.entries(parts).map(([name, { about }]) => `  ${name.padEnd(12)}${about}`);
  return `npm run bench -- [part …] [--quick | --long]\n\n${names.join('\n')}\n\nWith --long what goes on for minutes goes on for ten. Results go to bench/results, unless they are quick.`;
}

const effort: Effort = values.quick
  ? { rounds: 2, seconds: 1, isQuick: true, isLong: false }
  : { rounds: 5, seconds: 4, isQuick: false, isLong: values.long };

async function runPart(name: string): Promise<void> {
  const part = parts[name] as Part;
  console.log(`${name}: ${part.about}`);
  const world = await openWorld();
  try {
    const sections = await part.run(world, effort);
    for (const { title, text } of sections) console.log(`\n${title}\n${text}`);
    if (!effort.isQuick) console.log(`\n${await writeReport(name, sections)}\n`);
  } finally {
    await world.close();
  }
}

const unknown = positionals.filter((name) => !Object.hasOwn(parts, name));
if (values.help || unknown.length > 0) {
  console.log(unknown.length > 0 ? `There is no part ${unknown.join(', ')}.\n\n${usage()}` : usage());
  process.exitCode = unknown.length > 0 ? 2 : 0;
} else {
  for (const name of positionals.length > 0 ? positionals : EVERYTHING) await runPart(name);
}
