import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Part } from '../lib/part.ts';
import { spread } from '../lib/report.ts';
import { median } from '../lib/rounds.ts';

const PROGRAM = join(import.meta.dirname, '..', 'peers', 'micro.mjs');
const UNKNOWN = 'token, never seen';
const LIBRARY = 'the same by jose alone';
/** What a call may take, microseconds. */
const GOALS: Record<string, number> = {
  'token, seen before and not ended': 2,
  'bucket in memory, one client': 1,
  'bucket in memory, 12,000 clients': 1,
};
const MAX_RATIO = 1.2;

const isMet = (value: number, atMost: number) => (value <= atMost ? 'yes' : '**no**');

export const micro: Part = {
  about: 'what each request calls, alone: token check, bucket, headers, metrics, JSON',
  async run(_world, { rounds, isQuick }) {
    const { stdout } = await promisify(execFile)(process.execPath, [
      PROGRAM,
      String(rounds),
      isQuick ? '50' : '500',
    ]);
    const told = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, number>);
    const valuesOf = (name: string) => told.map((round) => (round[name] as number) / 1_000);
    const lines = Object.keys(told[0] ?? {}).map((name) => {
      const values = valuesOf(name);
      const goal = GOALS[name];
      const judged = goal === undefined ? ' |  |' : `≤ ${goal} | ${isMet(median(values), goal)} |`;
      return `| ${name} | ${spread(values)} | ${judged}`;
    });
    const ratio = valuesOf(UNKNOWN).map((value, round) => value / (valuesOf(LIBRARY)[round] as number));
    const text = [
      '| a call | µs | goal | met |',
      '|---|---|---|---|',
      ...lines,
      `| ${UNKNOWN} ÷ ${LIBRARY} | ${spread(ratio)} | ≤ ${MAX_RATIO} | ${isMet(median(ratio), MAX_RATIO)} |`,
    ].join('\n');
    return [{ title: 'Medians of each round, by tinybench, a hundred calls at a time', text }];
  },
};
