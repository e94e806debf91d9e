import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash } from '@node-rs/bcrypt';
import { authService } from '@spacedly/auth';
import { signUp, TEST_SECRET, type TestApp, testApp } from '@spacedly/kit/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commandTests, outcomeOf, runCli, temporaryFolder } from './fixtures/run-cli.ts';

commandTests();

let t: TestApp;
beforeEach(async () => {
  t = await testApp([authService], {
    config: {
      TASKS_URL: 'http://127.0.0.1:9',
      DOCUMENTS_URL: 'http://127.0.0.1:9',
      NOTIFICATIONS_URL: 'http://127.0.0.1:9',
    },
  });
});
afterEach(() => t.close());

async function cli(...args: string[]) {
  const env = {
    DATABASE_URL: t.platform.config.DATABASE_URL as string,
    SPACEDLY_SECRET: TEST_SECRET,
    // Nearly every statement gets a warning, which has no place in what a command prints.
    SLOW_QUERY_MS: '1',
  };
  return outcomeOf(runCli(args, env));
}

function file(...lines: (object | string)[]): string {
  const path = join(temporaryFolder(), 'people.ndjson');
  writeFileSync(
    path,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  );
  return path;
}

const login = (identifier: string, password: string) =>
  t.app.inject({ method: 'POST', url: '/v1/auth/login', payload: { identifier, password } });

test('imports accounts that sign in with the password they had', async () => {
  const passwordHash = await hash('an old harbour', { cost: 4 });
  const path = file(
    {
      email: 'Old@example.com',
      name: 'Old Friend',
      passwordHash,
      emailVerified: true,
      username: 'old.friend',
    },
    '',
    { phone: '+4915112345678', name: 'By Phone', phoneVerified: true, createdAt: '2020-01-02T03:04:05Z' },
  );
  expect(await cli('users', 'import', path)).toEqual({
    code: 0,
    output: '2 created, 0 there already, 0 refused.\n',
  });
  const answer = await login('old.friend', 'an old harbour');
  expect([answer.statusCode, answer.json().user.email]).toEqual([200, 'Old@example.com']);
  expect(await cli('users', 'import', path)).toMatchObject({
    code: 0,
    output: '0 created, 2 there already, 0 refused.\n',
  });
});

test('tells of each line that cannot be taken, without its values, and takes the others', async () => {
  const secret = 'md5:5f4dcc3b5aa765d61d8327deb882cf99';
  const path = file(
    'not JSON',
    { name: 'No Address' },
    { email: 'a@example.com', name: 'A Person', passwordHash: secret },
    { email: 'b@example.com', name: 'B Person', isAdmin: true },
    { email: 'c@example.com', name: 'C Person' },
  );
  const { code, output } = await cli('users', 'import', '--json', path);
  expect(code).toBe(1);
  expect(output).not.toContain(secret);
  const report = JSON.parse(output);
  expect(report).toMatchObject({ created: 1, existing: 0 });
  expect(report.refused.map(({ line }: { line: number }) => line)).toEqual([1, 2, 3, 4]);
});

test('an address of somebody who is here, in whatever case, changes nothing', async () => {
  const person = await signUp(t);
  const path = file({
    email: person.email.toUpperCase(),
    name: 'Impostor',
    role: 'ADMIN',
    passwordHash: await hash('x', { cost: 4 }),
  });
  expect((await cli('users', 'import', path)).output).toBe('0 created, 1 there already, 0 refused.\n');
  expect((await login(person.email, person.password)).json().user.name).toBe(person.user.name);
});

test('what one installation exports another imports, hashes included', async () => {
  const person = await signUp(t);
  const exported = await cli('users', 'export');
  expect(exported.code).toBe(0);
  const lines = exported.output.trim().split('\n');
  expect(JSON.parse(lines[0] as string)).toMatchObject({
    email: person.email,
    role: 'ADMIN',
    emailVerified: true,
    passwordHash: expect.stringContaining('$argon2id$'),
  });
  const actions = await t.platform.database.pool.query('SELECT action FROM auth.audit_log');
  expect(actions.rows).toEqual([{ action: 'users.exported' }]);
  await t.close();
  t = await testApp([authService], {
    config: {
      TASKS_URL: 'http://127.0.0.1:9',
      DOCUMENTS_URL: 'http://127.0.0.1:9',
      NOTIFICATIONS_URL: 'http://127.0.0.1:9',
    },
  });
  expect((await cli('users', 'import', file(...lines))).output).toBe(
    '1 created, 0 there already, 0 refused.\n',
  );
  const answer = await login(person.email, person.password);
  expect([answer.statusCode, answer.json().user.role]).toEqual([200, 'ADMIN']);
});

test('a missing file is said so', async () => {
  expect(await cli('users', 'import', '/nowhere.ndjson')).toEqual({
    code: 2,
    output: expect.stringContaining('There is no file /nowhere.ndjson\n'),
  });
});
