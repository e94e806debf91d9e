import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { generator } from './load.ts';
import { median, type Row } from './rounds.ts';

const RESULTS = join(import.meta.dirname, '..', 'results');

/** Three significant digits, without exponents. */
export function short(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}

export const spread = (values: readonly number[]) =>
  `${short(median(values))} (${short(Math.min(...values))}–${short(Math.max(...values))})`;

/** The ratio of two contenders within each round, so that what disturbed one round disturbed both. */
export function ratios(of: Row, to: Row): number[] {
  return of.perSecond.map((value, round) => value / (to.perSecond[round] as number));
}

/** The same by processor time for each request, which a busy machine moves less than the rate. */
function cpuRatio(of: Row, to: Row, isCounted: boolean): number {
  const cost = ({ serverMs, databaseMs }: Row) => median(serverMs) + (isCounted ? median(databaseMs) : 0);
  return cost(to) / cost(of);
}

/** What stands behind the contenders, and whether its processor time is theirs. */
export interface Behind {
  name: string;
  isCounted: boolean;
}
const DATABASE: Behind = { name: 'database', isCounted: true };

export interface Goal {
  of: string;
  to: string;
  /** What the ratio is to be at least. */
  atLeast?: number;
}

function goalLine({ of, to, atLeast }: Goal, rows: readonly Row[], behind: Behind): string {
  const find = (name: string) => rows.find((row) => row.name === name) as Row;
  const values = ratios(find(of), find(to));
  const isMet = atLeast === undefined ? '' : median(values) >= atLeast ? 'yes' : '**no**';
  const byCpu = cpuRatio(find(of), find(to), behind.isCounted);
  return `| ${of} ÷ ${to} | ${spread(values)} | ${short(byCpu)} | ${atLeast === undefined ? '' : `≥ ${atLeast}`} | ${isMet} |`;
}

/** The two tables of a part: what each contender did, and the ratios that count. */
export function tables(rows: readonly Row[], goals: readonly Goal[], behind = DATABASE): string {
  const lines = rows.map(
    (row) =>
      `| ${row.name} | ${spread(row.perSecond)} | ${short(median(row.p50))} | ${short(median(row.p99))} | ` +
      `${short(median(row.serverMs))} + ${short(median(row.databaseMs))} | ${short(median(row.busyCores))} | ${short(row.rss)} |`,
  );
  return [
    `| contender | requests/s | p50 ms | p99 ms | CPU s per 1,000 (server + ${behind.name}) | cores busy | RSS MB |`,
    '|---|---|---|---|---|---|---|',
    ...lines,
    '',
    '| ratio | by rate, round by round | by CPU | goal | met |',
    '|---|---|---|---|---|',
    ...goals.map((goal) => goalLine(goal, rows, behind)),
  ].join('\n');
}

function conditions(): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const [cpu] = cpus();
  return [
    `- ${availableParallelism()} cores (${cpu?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB; load generator, servers and PostgreSQL share them`,
    `- Node ${process.versions.node}, embedded PostgreSQL with fsync on, generator: ${generator}`,
    `- commit ${commit}, ${new Date().toISOString()}`,
  ].join('\n');
}

export interface Section {
  title: string;
  /** What was asked, with which data; then tables. */
  text: string;
}

/** Writes `results/<part>.md`. @returns its path */
export async function writeReport(part: string, sections: readonly Section[]): Promise<string> {
  const body = sections.map(({ title, text }) => `## ${title}\n\n${text}\n`).join('\n');
  await mkdir(RESULTS, { recursive: true });
  const file = join(RESULTS, `${part}.md`);
  await writeFile(file, `# ${part}\n\n    npm run bench -- ${part}\n\n${conditions()}\n\n${body}`);
  return file;
}
