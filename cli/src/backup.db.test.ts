import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabase, TEST_SECRET } from '@spacedly/kit/testing';
import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { createClient, type Person } from '../../tests/harness/client.ts';
import { waitFor } from '../../tests/harness/wait.ts';
import { commandTests, outcomeOf, type Run, runCli, temporaryFolder } from './fixtures/run-cli.ts';

commandTests();
// Whole servers and whole restores, one after the other.
const LONG_MS = 300_000;

const READY = /Spacedly is ready: (\S+)/;

async function serve(env: Record<string, string>): Promise<{ run: Run; url: string }> {
  const run = runCli(['serve'], { RATE_LIMIT_DEFAULT: 'off', ...env });
  await run.says('Stop with Ctrl-C.');
  return { run, url: READY.exec(run.output())?.[1] as string };
}

async function stop({ run }: { run: Run }) {
  run.child.kill('SIGTERM');
  await run.ended;
}

interface Items<T> {
  items: T[];
}

/** What somebody has who has used the product for a while. */
interface Life {
  person: Person;
  titles: Set<string>;
  attachment: { url: string; bytes: string };
  inbox: unknown[];
}

async function live(url: string): Promise<Life> {
  const client = createClient(url);
  const person = await client.signUp();
  const { headers } = person;
  const titles = new Set(['Ünïcode "quoted"\n\ttabbed \\N', 'Second']);
  for (const title of titles) await client.send('/v1/tasks', { method: 'POST', json: { title }, headers });
  const { items } = (await client.send<Items<{ id: string }>>('/v1/tasks', { headers })).body;
  const taskId = items[0]?.id;
  const form = new FormData();
  form.append('files', new Blob(['the bytes of a file']), 'notes.txt');
  const answer = await fetch(`${url}/v1/tasks/${taskId}/attachments`, {
    method: 'POST',
    body: form,
    headers,
  });
  const uploaded = (await answer.json()) as Items<{ url: string }>;
  const scheduledAt = new Date(Date.now() + 500).toISOString();
  await client.send('/v1/reminders', { method: 'POST', json: { taskId, scheduledAt }, headers });
  const inbox = await waitFor(() => inboxOf(url, person, 'reminder'), 20_000, 'the reminder');
  return {
    person,
    titles,
    attachment: { url: uploaded.items[0]?.url as string, bytes: 'the bytes of a file' },
    inbox,
  };
}

/** The notifications of a person, once one of them is about `what`. */
async function inboxOf(url: string, { headers }: Person, what: string): Promise<unknown[] | null> {
  const { body } = await createClient(url).send<Items<unknown>>('/v1/notifications', { headers });
  return JSON.stringify(body.items).includes(what) ? body.items : null;
}

async function signIn(url: string, { email, password }: Person): Promise<Record<string, string>> {
  const json = { identifier: email, password };
  const answer = await createClient(url).send<{ tokens: { accessToken: string } }>('/v1/auth/login', {
    method: 'POST',
    json,
  });
  expect(answer.status).toBe(200);
  return { authorization: `Bearer ${answer.body.tokens.accessToken}` };
}

async function titlesOf(url: string, headers: Record<string, string>): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const path: string = `/v1/tasks?limit=100${cursor && `&cursor=${cursor}`}`;
    const { body } = await createClient(url).send<Items<{ title: string }> & { nextCursor: string | null }>(
      path,
      {
        headers,
      },
    );
    found.push(...body.items.map(({ title }) => title));
    cursor = body.nextCursor;
  }
  return found;
}

async function query<T extends pg.QueryResultRow>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

async function json(...args: [string[], Record<string, string>]) {
  const { code, output } = await outcomeOf(runCli(...args));
  expect({ code, output }).toMatchObject({ code: 0 });
  return JSON.parse(output);
}

/** An installation somebody lived in, and a backup that was made while it was written to. */
const source = {
  folder: '',
  file: '',
  life: {} as Life,
  before: 0,
  written: [] as string[],
  report: {} as Record<string, unknown>,
};

beforeAll(async () => {
  source.folder = temporaryFolder();
  source.file = join(temporaryFolder(), 'backup.tar.gz');
  const server = await serve({ DATA_DIR: source.folder });
  source.life = await live(server.url);
  const client = createClient(server.url);
  let isOver = false;
  const write = async () => {
    for (let n = 0; !isOver; n++) {
      const title = `While it runs ${n}`;
      const { status } = await client.send('/v1/tasks', {
        method: 'POST',
        json: { title },
        headers: source.life.person.headers,
      });
      if (status === 201) source.written.push(title);
    }
  };
  const writing = write();
  await waitFor(() => source.written.length >= 5, 20_000, 'some writes');
  source.before = source.written.length;
  source.report = await json(['backup', source.file, '--json'], { DATA_DIR: source.folder });
  const after = source.written.length;
  isOver = true;
  await writing;
  expect(after).toBeGreaterThan(source.before);
  await stop(server);
}, LONG_MS);

test('a backup is one private file, and never takes the place of another unasked', async () => {
  const { file, folder, report } = source;
  expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
  expect(report).toMatchObject({
    file,
    hasSecret: true,
    files: { count: 1 },
    sizeBytes: statSync(file).size,
  });
  const bytes = readFileSync(file);
  const refused = await outcomeOf(runCli(['backup', file], { DATA_DIR: folder }));
  expect(refused).toEqual({ code: 2, output: expect.stringContaining('is there already') });
  expect(readFileSync(file).equals(bytes)).toBe(true);
  expect(readdirSync(join(file, '..'))).toEqual(['backup.tar.gz']);
});

test(
  'the drill: what is restored elsewhere is the installation as it was',
  async () => {
    const { life, file, report } = source;
    const folder = temporaryFolder();
    const restored = await json(['restore', file, '--json'], { DATA_DIR: folder });
    expect(restored).toMatchObject({ rows: report.rows, files: report.files });
    const server = await serve({ DATA_DIR: folder });
    const { url } = server;
    const headers = await signIn(url, life.person);
    const titles = await titlesOf(url, headers);
    for (const title of life.titles) expect(titles).toContain(title);
    const sure = source.written.slice(0, source.before);
    expect(titles.filter((title) => sure.includes(title)).sort()).toEqual(sure.sort());
    expect(new Set(titles).size).toBe(titles.length);
    expect(await inboxOf(url, life.person, 'reminder')).toEqual(expect.arrayContaining(life.inbox));
    const attachment = await fetch(url + life.attachment.url, { headers });
    expect([attachment.status, await attachment.text()]).toEqual([200, life.attachment.bytes]);
    // The keys that signed it were opened with the secret that came along.
    expect((await createClient(url).send('/v1/users/me', { headers: life.person.headers })).status).toBe(200);
    const again = await outcomeOf(runCli(['restore', file], { DATA_DIR: folder }));
    expect(again).toEqual({ code: 1, output: expect.stringContaining('is in use') });
    await stop(server);
    const second = await outcomeOf(runCli(['restore', file], { DATA_DIR: folder }));
    expect(second).toEqual({ code: 1, output: expect.stringContaining('is in use: auth.') });
  },
  LONG_MS,
);

test(
  'into a PostgreSQL of its own: every table has as many rows as were counted',
  async () => {
    const empty = await createTestDatabase({ isEmpty: true });
    const env = { DATABASE_URL: empty.url, DATA_DIR: temporaryFolder() };
    const restored = await json(['restore', source.file, '--json'], env);
    const tables = await query<{ name: string }>(
      empty.url,
      `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> '__migrations'
       AND (n.nspname IN ('auth', 'tasks', 'notifications', 'documents') OR n.nspname = 'jobs' AND c.relname = 'job')`,
    );
    let rows = 0;
    for (const { name } of tables)
      rows +=
        (await query<{ count: number }>(empty.url, `SELECT count(*)::integer AS count FROM ${name}`))[0]
          ?.count ?? 0;
    expect(rows).toBe(restored.rows);
    const off = `SELECT count(*)::integer AS count FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'`;
    expect(await query(empty.url, off)).toEqual([{ count: 0 }]);
    const keys = `SELECT count(*)::integer > 5 AS has_keys FROM pg_constraint WHERE contype = 'f' AND convalidated`;
    expect(await query(empty.url, keys)).toEqual([{ has_keys: true }]);
    expect(existsSync(join(env.DATA_DIR, 'files'))).toBe(true);
    await empty.drop();
  },
  LONG_MS,
);

test('a file that was cut is refused before anything is there', async () => {
  const file = join(temporaryFolder(), 'cut.tar.gz');
  writeFileSync(file, readFileSync(source.file).subarray(0, -500));
  const folder = temporaryFolder();
  const { code, output } = await outcomeOf(runCli(['restore', file], { DATA_DIR: folder }));
  expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('ends in the middle') });
  expect(readdirSync(folder)).toEqual([]);
});

test(
  'killed in the middle, neither leaves something that looks whole',
  async () => {
    const [from, to] = [await createTestDatabase(), await createTestDatabase({ isEmpty: true })];
    const env = { DATABASE_URL: from.url, DATA_DIR: temporaryFolder(), SPACEDLY_SECRET: TEST_SECRET };
    // Takes long enough to be caught in the middle.
    mkdirSync(join(env.DATA_DIR, 'files', 'attachments'), { recursive: true });
    writeFileSync(join(env.DATA_DIR, 'files', 'attachments', 'large'), randomBytes(60_000_000));
    const kept = temporaryFolder();
    const file = join(kept, 'backup.tar.gz');
    const killed = runCli(['backup', file], env);
    await waitFor(() => readdirSync(kept).some((name) => name.endsWith('.partial')), 100_000, 'a beginning');
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(existsSync(file)).toBe(false);
    await json(['backup', file, '--json'], env);

    const target = { ...env, DATABASE_URL: to.url, DATA_DIR: temporaryFolder() };
    const restoring = runCli(['restore', file], target);
    await waitFor(() => existsSync(join(target.DATA_DIR, 'files')), 100_000, 'the first file');
    restoring.child.kill('SIGKILL');
    await restoring.ended;
    const start = await outcomeOf(runCli(['migrate'], target));
    expect(start).toEqual({ code: 1, output: expect.stringContaining('Run `spacedly restore` again') });
    await json(['restore', file, '--json'], target);
    expect(statSync(join(target.DATA_DIR, 'files', 'attachments', 'large')).size).toBe(60_000_000);
    expect(await outcomeOf(runCli(['migrate'], target))).toMatchObject({ code: 0 });
    await Promise.all([from.drop(), to.drop()]);
  },
  LONG_MS,
);
