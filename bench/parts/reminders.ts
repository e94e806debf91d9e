import {
  BOUNDS,
  clearTold,
  type DueReminders,
  giveDue,
  givePeople,
  type Lateness,
  lateness,
  untilArrived,
} from '../lib/due.ts';
import type { Part } from '../lib/part.ts';
import { type Contender, cpuSeconds, rssMegabytes } from '../lib/processes.ts';
import { type Section, short } from '../lib/report.ts';
import type { World } from '../lib/world.ts';

interface Run extends DueReminders {
  title: string;
  /** What the row is to show, in numbers. */
  goal: string;
  /** Reminders of later months that wait beside them. */
  waiting?: number;
}

const MONTHS_SECONDS = 90 * 86_400;

function table(run: Run, late: Lateness, cpu: { server: number; database: number; rss: number }): string {
  const { handedOver, there, arrived, within } = late;
  const row = ({ p50, p99, max }: Lateness['there']) => `${short(p50)} | ${short(p99)} | ${short(max)}`;
  const perThousand = (seconds: number) => short((seconds * 1_000) / arrived);
  return [
    `${run.count.toLocaleString('en-US')} reminders, ${run.type}; there: ${arrived.toLocaleString('en-US')}. Goal: ${run.goal}.`,
    '',
    '| seconds late | p50 | p99 | largest |',
    '|---|---|---|---|',
    `| handed over by the planner | ${row(handedOver)} |`,
    `| there | ${row(there)} |`,
    '',
    `| there no later than | ${BOUNDS.map((bound) => `${bound} s`).join(' | ')} |`,
    `|---|${BOUNDS.map(() => '---').join('|')}|`,
    `| share | ${within.map((count) => `${short((100 * count) / arrived)} %`).join(' | ')} |`,
    '',
    `- ${run.overSeconds === 0 ? `drained at ${short(arrived / there.max)} /s (handed over at ${short(arrived / handedOver.max)} /s)` : `spread over ${run.overSeconds} s`}`,
    `- CPU s per 1,000: ${perThousand(cpu.server)} server + ${perThousand(cpu.database)} database; RSS ${short(cpu.rss)} MB`,
  ].join('\n');
}

async function measure(world: World, ours: Contender, run: Run): Promise<Section> {
  console.log(`  ${run.title} …`);
  await clearTold(world);
  if (run.waiting !== undefined) {
    const later = { count: run.waiting, inSeconds: 86_400, overSeconds: MONTHS_SECONDS };
    await giveDue(world, { ...later, type: run.type });
  }
  await giveDue(world, run);
  const used = () => [cpuSeconds(ours.pid), cpuSeconds(world.databasePid)] as const;
  const before = used();
  await untilArrived(world, run);
  const after = used();
  const cpu = { server: after[0] - before[0], database: after[1] - before[1], rss: rssMegabytes(ours.pid) };
  return { title: run.title, text: table(run, await lateness(world, run.type), cpu) };
}

async function mailSink(world: World) {
  const sink = await world.peer('mail sink', 'smtp-sink.mjs');
  const state = async () =>
    (await (await fetch(`${sink.url}/ready`)).json()) as { smtpPort: number; taken: number };
  return { state, url: `smtp://127.0.0.1:${(await state()).smtpPort}` };
}

export const reminders: Part = {
  about: 'how late reminders are, one by one and 100,000 at once, in the app and by mail',
  async run(world, { isQuick }) {
    const scale = isQuick ? 100 : 1;
    const sink = await mailSink(world);
    // What protects people and providers is far away, as each person gets ten in a second here.
    const ours = await world.spacedly('Spacedly', {
      SMTP_URL: sink.url,
      MAIL_FROM: 'plan@example.com',
      EMAILS_PER_SECOND: '10000',
      MESSAGES_PER_HOUR: '10000',
    });
    await givePeople(world, 10_000 / scale);
    const inApp = { type: 'in-app', overSeconds: 0, inSeconds: 5 } as const;
    const many = 100_000 / scale;
    const drain = { title: 'Many at one instant, in the app', goal: 'drain ≥ 3,000 /s' };
    const burst = { goal: 'all handed over within 10 s', count: 10_000 / scale };
    const runs: Run[] = [
      { ...inApp, title: 'One after another', goal: 'p99 ≤ 1 s', count: 400, overSeconds: 20 },
      { ...inApp, ...burst, title: 'Ten thousand in one second', overSeconds: 1 },
      {
        ...inApp,
        ...burst,
        title: 'The same beside a million that wait',
        overSeconds: 1,
        waiting: 1_000_000 / scale,
      },
      { ...inApp, ...drain, count: many, inSeconds: 10 },
      {
        ...inApp,
        title: 'Many at one instant, by SMTP',
        goal: 'drain ≥ 1,000 /s',
        count: many,
        type: 'email',
        inSeconds: 10,
      },
    ];
    const sections: Section[] = [];
    for (const run of runs) sections.push(await measure(world, ours, run));
    const { taken } = await sink.state();
    sections.push({ title: 'The mail server', text: `It took ${taken.toLocaleString('en-US')} messages.` });
    return sections;
  },
};
