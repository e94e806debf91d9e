import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createTestDatabase, freePorts, type TestDatabase } from '@spacedly/kit/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandTests, runCli, takePort, temporaryFolder } from './fixtures/run-cli.ts';

commandTests();

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const withDatabase = () => ({ DATABASE_URL: database.url });
const READY = 'Stop with Ctrl-C.';

describe('a start that cannot work ends in plain words, without a stack', () => {
  const cases: [string, () => Promise<[string[], Record<string, string>]>, number, RegExp][] = [
    [
      'settings that are not right, all at once',
      async () => [[], { PORT: 'abc', LOG_LEVEL: 'loud', SPACEDLY_COLOUR: 'red' }],
      2,
      /3 problem[\s\S]*SPACEDLY_COLOUR[\s\S]*PORT|3 problem[\s\S]*PORT[\s\S]*SPACEDLY_COLOUR/,
    ],
    ['a service that is none', async () => [['--services', 'auth,magic'], {}], 2, /there is no magic/],
    ['an option that is none', async () => [['--colour'], {}], 2, /unknown option '--colour'/],
    [
      'a database that does not answer',
      async () => [[], { DATABASE_URL: 'postgres://a:b@127.0.0.1:9/x' }],
      1,
      /^The database does not answer at the address in DATABASE_URL/,
    ],
    [
      'a database that is not there',
      async () => [[], { DATABASE_URL: new URL('/no_such_database', database.url).href }],
      1,
      /^The database named in DATABASE_URL does not exist/,
    ],
    [
      'a wrong password',
      async () => {
        const url = new URL(database.url);
        url.password = 'wrong';
        return [[], { DATABASE_URL: url.href }];
      },
      1,
      /^The database refused the password in DATABASE_URL/,
    ],
    [
      'a service whose address is missing',
      async () => [['--services', 'gateway'], withDatabase()],
      2,
      /AUTH_URL: /,
    ],
  ];
  test.each(cases)('%s', async (_name, prepare, code, words) => {
    const [args, env] = await prepare();
    const run = runCli(['serve', ...args], env);
    expect(await run.ended).toBe(code);
    expect(run.output()).toMatch(words);
    expect(run.output()).not.toMatch(/\n {4}at |wrong@/);
  });

  test('a port that is taken', async () => {
    const { port, release } = await takePort();
    const run = runCli(['serve', '--port', String(port)], withDatabase());
    expect(await run.ended).toBe(1);
    expect(run.output().trim()).toBe(
      `Port ${port} is in use by another program. Stop it, or choose another port with PORT.`,
    );
    release();
  });
});

describe('a stop', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s: what is open is finished, exit code 0', async (signal) => {
    const run = runCli(['serve'], withDatabase());
    await run.says(READY);
    run.child.kill(signal);
    expect(await run.ended).toBe(0);
  });

  test('the parent that is gone counts as SIGTERM', async () => {
    const run = runCli(['serve'], withDatabase());
    await run.says(READY);
    run.child.disconnect();
    expect(await run.ended).toBe(0);
  });

  test('a second signal ends it at once', async () => {
    const run = runCli(['serve'], { ...withDatabase(), DRAIN_DELAY: '60' });
    await run.says(READY);
    const address = /http:\/\/\S+/.exec(run.output())?.[0] as string;
    run.child.kill('SIGTERM');
    await expect.poll(async () => (await fetch(`${address}/health/ready`)).status).toBe(503);
    // It still serves while it drains.
    expect((await fetch(`${address}/v1/auth/setup`)).status).toBe(200);
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(143);
  });
});

describe('with the embedded database', () => {
  test('a second start on the same data says who has it', async () => {
    const env = { DATA_DIR: temporaryFolder() };
    const first = runCli(['serve'], env);
    await first.says(READY);
    const second = runCli(['serve'], env);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`in use by process ${first.child.pid}`);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(first.output()).toContain('creating the database (once)');

    const third = runCli(['serve'], env);
    await third.says(READY);
    expect(third.output()).not.toContain('creating');
    third.child.kill('SIGTERM');
    expect(await third.ended).toBe(0);
  });
});

describe('routes to servers of one’s own', () => {
  const routes = (url: string) =>
    JSON.stringify({ gateway: { routes: [{ name: 'a', path: '/a', auth: 'none', upstreams: [url] }] } });

  test('a file that is wrong is told with its line and the reason', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'spacedly.config.json'), routes('ftp://a').replace('{', '{\n'));
    const run = runCli(['serve'], { ...withDatabase(), DATA_DIR: folder });
    expect(await run.ended).toBe(2);
    expect(run.output()).toMatch(
      /spacedly\.config\.json:2: gateway\.routes\.0\.upstreams\.0: must be an http/,
    );
  });

  test('SIGHUP reads the file again; one that is wrong changes nothing', async () => {
    const folder = temporaryFolder();
    const [port] = await freePorts(1);
    const upstream = createServer((_request, response) => response.end('mine'));
    upstream.listen(port, '127.0.0.1');
    const file = join(folder, 'spacedly.config.json');
    writeFileSync(file, '{}');
    const run = runCli(['serve'], { ...withDatabase(), DATA_DIR: folder, LOG_LEVEL: 'info' });
    await run.says(READY);
    const address = /http:\/\/127[\d.:]+/.exec(run.output())?.[0] as string;
    const answered = async () => (await fetch(`${address}/a`)).text();
    expect(await answered()).not.toBe('mine');
    writeFileSync(file, routes(`http://127.0.0.1:${port}`));
    run.child.kill('SIGHUP');
    await expect.poll(answered).toBe('mine');
    writeFileSync(file, '{');
    run.child.kill('SIGHUP');
    await run.says('spacedly.config.json:1: is no JSON here');
    expect(await answered()).toBe('mine');
    upstream.close();
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(0);
  });
});
