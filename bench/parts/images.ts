import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { LOOKED_INTO, lookInside } from '../lib/inside.ts';
import { bearer, newPerson, type Part } from '../lib/part.ts';
import { signIn as tokenOf } from '../lib/people.ts';
import { type Contender, cpuSeconds } from '../lib/processes.ts';
import { type Section, short, spread } from '../lib/report.ts';
import { median } from '../lib/rounds.ts';

const FILES = 10;
const GOAL_RATIO = 1.1;
const GOAL_MS = 50;

type Kind = 'jpg' | 'png';
const KINDS: readonly [Kind, string][] = [
  ['jpg', 'photos'],
  ['png', 'screenshots'],
];

/** Hills of colour with a little grain: about as hard to pack as a photo. */
function photo(width: number, height: number) {
  const bytes = Buffer.alloc(width * height * 3);
  let state = 1;
  for (let at = 0; at < bytes.length; at += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const [x, y] = [(at / 3) % width, at / 3 / width];
    bytes[at] = 128 + 80 * Math.sin(x / 90 + (at % 3)) * Math.cos(y / 70) + ((state >> 16) % 24);
  }
  return sharp(bytes, { raw: { width, height, channels: 3 } });
}

/** The window of a program: plain areas and many sharp edges. */
function screenshot(width: number, height: number) {
  const rows = Array.from({ length: 60 }, (_, row) => {
    const words = Array.from(
      { length: 12 },
      (_, n) => `<tspan dx="20">${(row * 7_919 + n * 104_729).toString(36)}</tspan>`,
    );
    return `<text x="40" y="${40 + row * 22}" font-size="16" fill="#${(row * 4_447 + 3_000_000).toString(16).slice(0, 6)}">${words.join('')}</text>`;
  });
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fafafa"/>${rows.join('')}</svg>`,
    ),
  );
}

async function makeFiles(folder: string, kind: Kind, isQuick: boolean): Promise<string[]> {
  const bytes = await (kind === 'jpg'
    ? photo(isQuick ? 800 : 4_032, isQuick ? 600 : 3_024).jpeg({ quality: 85 })
    : screenshot(1_920, 1_080).png()
  ).toBuffer();
  const paths = Array.from({ length: FILES }, (_, n) => join(folder, `${n}.${kind}`));
  for (const path of paths) await writeFile(path, bytes);
  return paths;
}

interface Runner {
  contender: Contender;
  /** Has all the files worked up. */
  run(): Promise<void>;
}
interface Seen {
  cpuS: number[];
  seconds: number[];
  stallMs: number[];
}

async function turn({ contender, run }: Runner, seen: Seen): Promise<void> {
  await lookInside(contender);
  const [began, before] = [performance.now(), cpuSeconds(contender.pid)];
  await run();
  seen.seconds.push((performance.now() - began) / 1_000);
  seen.cpuS.push(cpuSeconds(contender.pid) - before);
  seen.stallMs.push((await lookInside(contender)).stallMs);
}

async function post(url: string, headers: Record<string, string>, body: string | ArrayBuffer): Promise<void> {
  const answer = await fetch(url, { method: 'POST', headers, body });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`${url} answered ${answer.status}: ${text.slice(0, 200)}`);
}

/** A multipart body, put together once so that only sending it is left to be done. */
async function formOf(paths: readonly string[]) {
  const form = new FormData();
  for (const path of paths) form.append('files', new Blob([await readFile(path)]), basename(path));
  const whole = new Response(form);
  return { type: whole.headers.get('content-type') as string, body: await whole.arrayBuffer() };
}

async function newTask(url: string, headers: Record<string, string>): Promise<string> {
  const answer = await fetch(`${url}/v1/tasks`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Read the slides' }),
  });
  return ((await answer.json()) as { id: string }).id;
}

async function measure(runners: readonly Runner[], rounds: number, title: string): Promise<Section> {
  const seen = runners.map((): Seen => ({ cpuS: [], seconds: [], stallMs: [] }));
  for (const { run } of runners) await run();
  for (let round = 0; round < rounds; round += 1)
    for (const [index, runner] of runners.entries()) await turn(runner, seen[index] as Seen);
  const [ours, alone] = seen as [Seen, Seen];
  const ratio = ours.cpuS.map((value, round) => value / (alone.cpuS[round] as number));
  const lines = runners.map(({ contender: { name } }, index) => {
    const { cpuS, seconds, stallMs } = seen[index] as Seen;
    return `| ${name} | ${spread(cpuS)} | ${spread(seconds)} | ${spread(stallMs)} |`;
  });
  const isWithin = median(ratio) <= GOAL_RATIO ? 'met' : '**not met**';
  const isFlowing = Math.max(...ours.stallMs) <= GOAL_MS ? 'met' : '**not met**';
  const text = [
    '| contender | CPU s | seconds | event loop late by at most, ms |',
    '|---|---|---|---|',
    ...lines,
    '',
    `- processor time ÷ that of sharp alone: ${spread(ratio)}; goal ≤ ${GOAL_RATIO}: ${isWithin}`,
    `- the event loop is never late by more than ${GOAL_MS} ms: ${isFlowing} (largest ${short(Math.max(...ours.stallMs))})`,
  ].join('\n');
  return { title, text };
}

export const images: Part = {
  about: 'uploading ten pictures at once beside sharp alone',
  async run(world, { rounds, isQuick }) {
    const ours = await world.spacedly('Spacedly', { ...LOOKED_INTO, ATTACHMENT_QUOTA_MB: '10000' });
    const alone = await world.program('sharp alone', 'sharp-alone.ts', LOOKED_INTO);
    const person = await newPerson(ours.url);
    const headers = bearer(await tokenOf(ours.url, person));
    const sections: Section[] = [];
    for (const [kind, about] of KINDS) {
      const paths = await makeFiles(ours.folder, kind, isQuick);
      const { type, body } = await formOf(paths);
      const json = JSON.stringify(paths);
      const runners: Runner[] = [
        {
          contender: ours,
          async run() {
            const taskId = await newTask(ours.url, headers);
            const url = `${ours.url}/v1/tasks/${taskId}/attachments`;
            await post(url, { ...headers, 'content-type': type }, body);
          },
        },
        {
          contender: alone,
          run: () => post(`${alone.url}/make`, { 'content-type': 'application/json' }, json),
        },
      ];
      const size = `${short(body.byteLength / 2 ** 20)} MB`;
      sections.push(await measure(runners, rounds, `${FILES} ${about}, ${size} together`));
    }
    return sections;
  },
};
