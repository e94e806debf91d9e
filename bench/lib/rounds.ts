import { type Load, load, type Measured, probe, type Target } from './load.ts';
import { cpuSeconds, rssMegabytes } from './processes.ts';

export interface Runner {
  name: string;
  target: Target;
  pid: number;
  /** Where it has a database of its own. */
  databasePid?: number;
  /** How it is loaded, where that is not one request again and again; `target` is then only looked at. */
  drive?: (settings: Load) => Promise<Measured>;
  /** Looks at one answer before anything is timed; throws when it is not what it should be. */
  check?: (body: string) => void;
}

export interface Row {
  name: string;
  perSecond: number[];
  p50: number[];
  p99: number[];
  /** Milliseconds of processor for each request: the server's own and the database's. */
  serverMs: number[];
  databaseMs: number[];
  /** Share of the machine's cores that server and database used. */
  busyCores: number[];
  rss: number;
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
};

const emptyRow = (name: string): Row => ({
  name,
  perSecond: [],
  p50: [],
  p99: [],
  serverMs: [],
  databaseMs: [],
  busyCores: [],
  rss: 0,
});

const drive = ({ target, drive }: Runner, settings: Load) =>
  drive === undefined ? load(target, settings) : drive(settings);

async function turn(
  runner: Runner,
  databasePid: number,
  settings: Load,
): Promise<Measured & { server: number; database: number }> {
  const { name, pid } = runner;
  const before = [cpuSeconds(pid), cpuSeconds(databasePid)] as const;
  const measured = await drive(runner, settings);
  if (measured.failed > 0) throw new Error(`${name}: ${measured.failed} answers were not what was asked for`);
  if (measured.requests === 0) throw new Error(`${name}: no answer within ${settings.seconds} s`);
  return { ...measured, server: cpuSeconds(pid) - before[0], database: cpuSeconds(databasePid) - before[1] };
}

/** All contenders take turns, A B C A B C, so that a busy minute of the machine hits each of them. */
export async function alternate(
  runners: readonly Runner[],
  { rounds, databasePid, ...settings }: Load & { rounds: number; databasePid: number },
): Promise<Row[]> {
  for (const { target, check } of runners) check?.(await probe(target));
  // Not counted, and as long as a round: what has more code takes longer until Node has compiled it.
  for (const runner of runners) await drive(runner, settings);
  const rows = runners.map(({ name }) => emptyRow(name));
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, runner] of runners.entries()) {
      const row = rows[index] as Row;
      const { perSecond, p50, p99, requests, server, database } = await turn(
        runner,
        runner.databasePid ?? databasePid,
        settings,
      );
      row.perSecond.push(perSecond);
      row.p50.push(p50);
      row.p99.push(p99);
      row.serverMs.push((server * 1_000) / requests);
      row.databaseMs.push((database * 1_000) / requests);
      row.busyCores.push(((server + database) * perSecond) / requests);
      row.rss = Math.max(row.rss, rssMegabytes(runner.pid));
    }
  }
  return rows;
}
