import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import autocannon from 'autocannon';

const run = promisify(execFile);

export interface Target {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as JSON instead of `body`, one after the other, over and over. */
  bodies?: readonly unknown[];
  /** The status every answer must have; default 200. */
  status?: number;
}

export interface Load {
  connections: number;
  seconds: number;
}

export interface Measured {
  /** Answers with the right status. */
  requests: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Answers with another status, and connections that broke. */
  failed: number;
}

/** wrk takes a tenth of the processor that autocannon takes, which on a small machine the server lacks. */
export const hasWrk = spawnSync('wrk', ['-v']).error === undefined;
export const generator = hasWrk ? 'wrk, one thread' : 'autocannon';

const quote = (text: string) => JSON.stringify(text);

const bodiesOf = ({ body, bodies = [] }: Target) =>
  (body === undefined ? bodies : [body]).map((each) => JSON.stringify(each));

/** The part of a Lua script that sends one body after another. */
const inTurn = (bodies: readonly string[]) => `local bodies = {${bodies.map(quote).join(', ')}}
local turn = 0
function request()
  turn = turn % #bodies + 1
  return wrk.format(nil, nil, nil, bodies[turn])
end`;

/** A Lua script for wrk that sends the request and counts the answers by status. */
function script(target: Target): string {
  const { method = 'GET', headers = {}, status = 200 } = target;
  const bodies = bodiesOf(target);
  const lines = Object.entries(headers).map(
    ([name, value]) => `wrk.headers[${quote(name)}] = ${quote(value)}`,
  );
  return `wrk.method = ${quote(method)}
${lines.join('\n')}
${bodies.length === 0 ? '' : 'wrk.headers["content-type"] = "application/json"'}
${bodies.length === 1 ? `wrk.body = ${quote(bodies[0] as string)}` : ''}
${bodies.length > 1 ? inTurn(bodies) : ''}
good = 0
bad = 0
local threads = {}
function setup(thread) table.insert(threads, thread) end
function response(status) if status == ${status} then good = good + 1 else bad = bad + 1 end end
function done(summary, latency)
  local g, b = 0, 0
  for _, t in ipairs(threads) do g = g + t:get("good"); b = b + t:get("bad") end
  local e = summary.errors
  io.write(string.format("\\nRESULT %d %d %d %d %d %d\\n", g, b, summary.duration, latency:percentile(50),
    latency:percentile(99), e.connect + e.read + e.write + e.timeout))
end`;
}

async function withWrk(target: Target, { connections, seconds }: Load): Promise<Measured> {
  const file = join(tmpdir(), `spacedly-bench-${randomUUID()}.lua`);
  await writeFile(file, script(target));
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '30s', '-s', file, target.url];
  const { stdout } = await run('wrk', args).finally(() => rm(file));
  const numbers = /RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)/.exec(stdout)?.slice(1).map(Number);
  if (numbers === undefined) throw new Error(`wrk said something else: ${stdout}`);
  const [good, bad, micros, p50, p99, broken] = numbers as [number, number, number, number, number, number];
  return {
    requests: good,
    perSecond: good / (micros / 1e6),
    p50: p50 / 1e3,
    p99: p99 / 1e3,
    failed: bad + broken,
  };
}

async function withAutocannon(target: Target, { connections, seconds }: Load): Promise<Measured> {
  const { url, method = 'GET', headers = {}, status = 200 } = target;
  const bodies = bodiesOf(target);
  const result = await autocannon({
    url,
    method,
    headers: { ...headers, ...(bodies.length > 0 && { 'content-type': 'application/json' }) },
    ...(bodies.length > 0 && { requests: bodies.map((body) => ({ body })) }),
    connections,
    duration: seconds,
    timeout: 30,
  });
  const byStatus = result.statusCodeStats;
  const good = byStatus[status]?.count ?? 0;
  const all = Object.values(byStatus).reduce((sum, { count }) => sum + count, 0);
  const { p50, p99 } = result.latency;
  return { requests: good, perSecond: good / result.duration, p50, p99, failed: all - good + result.errors };
}

/** Asks as fast as answers come, on so many connections that are kept open. */
export function load(target: Target, settings: Load): Promise<Measured> {
  return hasWrk ? withWrk(target, settings) : withAutocannon(target, settings);
}

/**
 * One answer before anything is timed.
 * @throws Error when it has another status than asked for
 * @returns its size in bytes
 */
export async function probe(target: Target): Promise<string> {
  const { url, method = 'GET', headers = {}, status = 200 } = target;
  const [body] = bodiesOf(target);
  const answer = await fetch(url, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body }),
  });
  const text = await answer.text();
  if (answer.status !== status)
    throw new Error(`${method} ${url} answered ${answer.status} instead of ${status}: ${text.slice(0, 200)}`);
  return text;
}
