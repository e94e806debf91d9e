import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, freePorts, TEST_SECRET, type TestDatabase } from '@spacedly/kit/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, createClient, type Person } from '../harness/client.ts';
import { listen } from '../harness/events.ts';
import { hasPgBouncer, type Pooler, startPgBouncer } from '../harness/pgbouncer.ts';
import { CLI, type Running, run, stopAll, waitUntilReady } from '../harness/system.ts';
import { waitFor } from '../harness/wait.ts';

/** Two processes on an empty database, through a PgBouncer in transaction mode that has four connections for both. */
describe.skipIf(!hasPgBouncer())('through PgBouncer in transaction mode, over TLS', () => {
  let database: TestDatabase;
  let folder: string;
  let pooler: Pooler;
  let urls: [string, string];
  let running: Running[] = [];
  let clients: [Client, Client];
  let person: Person;
  let output = '';

  const write = (text: string) => {
    output += text;
  };
  const settings = (url: string): Record<string, string> => ({
    HOST: '127.0.0.1',
    PORT: new URL(url).port,
    PUBLIC_URL: urls[0],
    DATABASE_URL: pooler.url,
    DATABASE_DIRECT_URL: database.url,
    DATABASE_CA_FILE: pooler.caFile,
    DB_PREPARED_STATEMENTS: pooler.knowsPrepared ? '1' : '0',
    DATA_DIR: folder,
    SPACEDLY_SECRET: TEST_SECRET,
    DB_POOL_MAX: '10',
    RATE_LIMIT_DEFAULT: 'off',
  });

  beforeAll(async () => {
    database = await createTestDatabase({ isEmpty: true });
    folder = await mkdtemp(join(tmpdir(), 'spacedly-pooled-'));
    pooler = await startPgBouncer(database.url);
    urls = (await freePorts(2)).map((port) => `http://127.0.0.1:${port}`) as [string, string];
    // Both migrate: the lock that lets one of them do so holds, as it goes past the pooler.
    running = urls.map((url) => run(CLI, ['serve'], settings(url), write));
    await waitUntilReady(urls, running, () => output);
    clients = urls.map(createClient) as [Client, Client];
    person = await clients[0].signUp();
  });
  afterAll(async () => {
    await stopAll(running);
    await pooler?.stop();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  test('a hundred at once, written and read by both', async () => {
    const { headers } = person;
    const write = (turn: number) =>
      clients[turn % 2 === 0 ? 0 : 1].send('/v1/tasks', {
        method: 'POST',
        headers,
        json: { title: `Task ${turn}` },
      });
    const written = await Promise.all(Array.from({ length: 50 }, (_, turn) => write(turn)));
    expect(new Set(written.map(({ status }) => status))).toEqual(new Set([201]));
    const paths = ['/v1/tasks?limit=100', '/v1/tasks?q=task', '/v1/users/me', '/v1/notifications'];
    const reads = Array.from({ length: 100 }, (_, turn) =>
      clients[turn % 2 === 0 ? 0 : 1].send(paths[turn % 4] as string, { headers }),
    );
    const read = await Promise.all(reads);
    expect(new Set(read.map(({ status }) => status))).toEqual(new Set([200]));
    expect(read[0]?.body).toMatchObject({ items: { length: 50 } });
  });

  test('what happens at one is live at the other, and a session that ends is over at both', async () => {
    const { headers } = person;
    const feed = await listen(`${urls[1]}/v1/notifications/stream`, headers);
    const task = await clients[0].send<{ id: string }>('/v1/tasks', {
      method: 'POST',
      headers,
      json: { title: 'Seen elsewhere' },
    });
    await clients[0].send(`/v1/tasks/${task.body.id}/complete`, { method: 'POST', headers });
    await waitFor(() => feed.events.some(({ data }) => data.includes(task.body.id)), 5_000, 'the live event');
    feed.close();
    await clients[0].send('/v1/auth/logout', { method: 'POST', headers });
    const isOver = async () => (await clients[1].send('/v1/users/me', { headers })).status === 401;
    await waitFor(isOver, 2_000, 'the end of the session');
  });

  test('the limit of a statement is that of pgbouncer.ini, and nothing was amiss', async () => {
    const client = new pg.Client({
      connectionString: `${pooler.url}?sslmode=verify-full&sslrootcert=${pooler.caFile}`,
    });
    await client.connect();
    const { rows } = await client.query('SHOW statement_timeout');
    await client.end();
    expect(rows).toEqual([{ statement_timeout: '10s' }]);
    expect(output).not.toMatch(/prepared statement|"level":(50|60)|error:/i);
  });

  test('a certificate that nobody vouches for is refused, in words that name the setting', async () => {
    let words = '';
    const { DATABASE_CA_FILE: _, DATABASE_DIRECT_URL: __, ...rest } = settings('http://127.0.0.1:0');
    const refused = run(CLI, ['serve'], rest, (text) => {
      words += text;
    });
    await refused.ended;
    expect(refused.child.exitCode).toBe(1);
    expect(words).toMatch(/could not be secured.*DATABASE_CA_FILE/);
  });
});
