import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Notification, Reminder, Task, TimelineEntry } from '@spacedly/contracts';
import { freePorts } from '@spacedly/kit/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Client, createClient, type Person } from '../harness/client.ts';
import { waitFor } from '../harness/wait.ts';

const CLI = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url));
const ROUNDS = 6;
const READY_MS = 40_000;
/** After the last start: jobs of dead processes come back, and what they tell arrives. */
const TOLD_MS = 30_000;

let base: string;
let dataDir: string;
let port: number;
let client: Client;
const started: Running[] = [];

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'spacedly-kill-'));
  // The database's own user must be able to pass through when the tests run as root.
  await chmod(base, 0o755);
  dataDir = join(base, 'data');
  [port = 0] = await freePorts(1);
  client = createClient(`http://127.0.0.1:${port}`);
});
// After a failure, so that the next test finds the folder and the port free.
afterEach(async () => {
  for (const { child, exit } of started.splice(0)) {
    if (child.exitCode === null) child.kill('SIGTERM');
    await exit;
  }
});
afterAll(() => rm(base, { recursive: true, force: true }));

interface Running {
  child: ChildProcess;
  exit: Promise<number | null>;
  output(): string;
}

function serve(): Running {
  const env = {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    RATE_LIMIT_DEFAULT: 'off',
  };
  const child = spawn(process.execPath, [CLI, 'serve'], {
    cwd: base,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const running = { child, exit, output: () => output };
  started.push(running);
  return running;
}

async function untilReady(running: Running): Promise<void> {
  const isReady = async () => {
    const { exitCode, signalCode } = running.child;
    if (exitCode !== null || signalCode !== null) throw new Error(`it ended:\n${running.output()}`);
    const answer = await client.send('/health/ready').catch(() => null);
    return answer?.status === 200;
  };
  await waitFor(isReady, READY_MS, 'the product to be ready');
}

async function serveUntilReady(): Promise<Running> {
  const running = serve();
  await untilReady(running);
  return running;
}

/** Processes that still know the data folder: the database, its guard, the app. */
function leftovers(): string {
  try {
    return execFileSync('pgrep', ['-f', dataDir], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

async function postmasterPid(): Promise<number> {
  const text = await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8');
  return Number(text.split('\n')[0]);
}

/** Reads past the connections that died with the server: the client keeps them and finds out when it uses them. */
function read<T>(path: string, headers: Record<string, string> = {}) {
  return waitFor(() => client.send<T>(path, { headers }).catch(() => null), 10_000, path);
}

interface Acknowledged {
  tasks: string[];
  reminders: string[];
}

/** Creates tasks with reminders that are due at once, as fast as they are acknowledged, until `signal` fires. */
async function write(person: Person, acknowledged: Acknowledged, signal: AbortSignal): Promise<void> {
  const post = (path: string, json: unknown) =>
    client.send<{ id: string }>(path, { method: 'POST', json, headers: person.headers }).catch(() => null);
  while (!signal.aborted) {
    const task = await post('/v1/tasks', { title: `Task ${acknowledged.tasks.length}` });
    if (task?.status !== 201) continue;
    acknowledged.tasks.push(task.body.id);
    const scheduledAt = new Date(Date.now() + 150).toISOString();
    const reminder = await post('/v1/reminders', { taskId: task.body.id, scheduledAt });
    if (reminder?.status === 201) acknowledged.reminders.push(reminder.body.id);
  }
}

const kills = {
  app: async ({ child }: Running) => process.kill(child.pid as number, 'SIGKILL'),
  database: async () => process.kill(await postmasterPid(), 'SIGKILL'),
  both: async ({ child }: Running) => {
    const pid = await postmasterPid();
    process.kill(child.pid as number, 'SIGKILL');
    process.kill(pid, 'SIGKILL');
  },
};

/** Kills in the middle of the load. @returns the product, ready again */
async function killUnderLoad(
  running: Running,
  person: Person,
  all: Acknowledged,
  kind: keyof typeof kills,
): Promise<Running> {
  const stop = new AbortController();
  const writers = [1, 2, 3].map(() => write(person, all, stop.signal));
  // Not a wait for something: the kill must fall at a random moment of the load.
  await delay(300 + Math.random() * 700);
  await kills[kind](running);
  await delay(200);
  stop.abort();
  await Promise.all(writers);
  if (kind === 'database') {
    await untilReady(running);
    return running;
  }
  await running.exit;
  return serveUntilReady();
}

async function listAll<T>(path: string, person: Person): Promise<T[]> {
  const all: T[] = [];
  let cursor = '';
  do {
    const { body } = await read<{ items: T[]; nextCursor: string | null }>(
      `${path}?limit=100${cursor}`,
      person.headers,
    );
    all.push(...body.items);
    cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
  } while (cursor !== '');
  return all;
}

/** How often each reminder stands in the inbox. */
async function countTold(person: Person, reminderIds: string[]): Promise<number[]> {
  const items = await listAll<Notification>('/v1/notifications', person);
  const counts = Map.groupBy(items, ({ reminderId }) => reminderId);
  return reminderIds.map((id) => counts.get(id)?.length ?? 0);
}

/** How the mail of a reminder stands: it has left, or waits for the digest that the hourly limit makes of many. */
async function mailOf(person: Person, reminderId: string): Promise<string[]> {
  const { body } = await read<{ items: TimelineEntry[] }>(
    `/v1/reminders/${reminderId}/timeline`,
    person.headers,
  );
  return body.items.map(({ step }) => step).filter((step) => step === 'sent' || step === 'held');
}

test('kill -9 of the app, the database or both: nothing acknowledged is lost, each reminder is told once', async () => {
  const all: Acknowledged = { tasks: [], reminders: [] };
  let running = await serveUntilReady();
  const person = await client.signUp();
  for (let round = 0; round < ROUNDS; round += 1) {
    const kind = (['app', 'database', 'both'] as const)[round % 3] as keyof typeof kills;
    running = await killUnderLoad(running, person, all, kind);
    const kept = new Set((await listAll<Task>('/v1/tasks', person)).map(({ id }) => id));
    expect(all.tasks.filter((id) => !kept.has(id))).toEqual([]);
  }
  expect(all.reminders.length).toBeGreaterThan(ROUNDS);
  await waitFor(
    async () => (await countTold(person, all.reminders)).every((count) => count > 0),
    TOLD_MS,
    'every reminder in the inbox',
  );
  expect(new Set(await countTold(person, all.reminders))).toEqual(new Set([1]));
  const status = new Map((await listAll<Reminder>('/v1/reminders', person)).map((r) => [r.id, r.status]));
  expect(all.reminders.filter((id) => status.get(id) !== 'sent')).toEqual([]);
  const mails = () => Promise.all(all.reminders.map((id) => mailOf(person, id)));
  await waitFor(
    async () => (await mails()).every((steps) => steps.length > 0),
    TOLD_MS,
    'a mail for every reminder, sent or held for the digest',
  );
  expect((await mails()).filter((steps) => steps.length !== 1)).toEqual([]);
  running.child.kill('SIGTERM');
  expect(await running.exit).toBe(0);
  await waitFor(() => leftovers() === '', 5_000, 'the end of every process');
});

test('a second start on the same folder is refused and leaves the first alone; Ctrl-C leaves nothing behind', async () => {
  const first = await serveUntilReady();
  const second = serve();
  expect(await second.exit).toBe(1);
  expect(second.output()).toContain('in use');
  expect((await client.send('/health/ready')).status).toBe(200);
  first.child.kill('SIGINT');
  expect(await first.exit).toBe(0);
  await waitFor(() => leftovers() === '', 5_000, 'the end of every process');
});
