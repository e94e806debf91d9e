import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Flows, flowsApp } from '../fixtures/flows.ts';

let t: Flows;
beforeAll(async () => {
  t = await flowsApp();
});
afterAll(() => t.close());

const login = ({ email, password }: { email: string; password: string }, more = {}) =>
  t.post('/login', { identifier: email, password, ...more });

/** Somebody who signed in from here before. */
async function familiar() {
  const person = await t.person();
  expect((await login(person)).statusCode).toBe(200);
  return person;
}

/** The statements of a request, and the transactions it began. */
async function watch(request: () => Promise<unknown>, afterEach = async (_text: string) => {}) {
  const { pool } = t.platform.database;
  const seen = { statements: [] as string[], transactions: 0 };
  const [query, connect] = [pool.query.bind(pool), pool.connect.bind(pool)];
  pool.query = (async (...args: Parameters<typeof query>) => {
    const text = String((args[0] as { text?: string }).text ?? args[0]);
    const result = await query(...args);
    pool.query = query as typeof pool.query;
    await afterEach(text);
    pool.query = watched;
    seen.statements.push(text);
    return result;
  }) as unknown as typeof pool.query;
  const watched = pool.query;
  pool.connect = ((...args: unknown[]) => {
    if (args.length === 0) seen.transactions += 1;
    return Reflect.apply(connect, pool, args);
  }) as typeof pool.connect;
  await request();
  pool.query = query as typeof pool.query;
  pool.connect = connect as typeof pool.connect;
  return seen;
}

const rowsOf = async (text: string, ...values: unknown[]) =>
  (await t.platform.database.pool.query(text, values)).rows;

const sessionsOf = async (userId: string) =>
  (await rowsOf('SELECT count(*)::int AS sessions FROM auth.sessions WHERE user_id = $1', userId))[0]
    .sessions;

test('a sign-in from where the person signed in before is two statements, each a transaction of its own', async () => {
  const person = await familiar();
  const { statements, transactions } = await watch(async () => {
    expect((await login(person)).statusCode).toBe(200);
  });
  expect(statements).toHaveLength(2);
  expect(transactions).toBe(0);
});

test('a wrong password and an unknown account are one statement, the same one', async () => {
  const person = await familiar();
  const wrong = await watch(() => login({ ...person, password: 'wrong password' }));
  const unknown = await watch(() => login({ ...person, email: 'nobody-at-all@example.com' }));
  expect(wrong.statements).toHaveLength(1);
  expect(unknown).toEqual(wrong);
});

test('all that a sign-in leaves behind is there', async () => {
  const person = await familiar();
  const { email, password } = person;
  const remembered = (await login(person, { rememberDevice: true })).json();
  t.clock.now += 60_000;
  const headers = { 'user-agent': 'another browser' };
  const body = { identifier: email, password, deviceToken: remembered.deviceToken };
  const { statements } = await watch(async () => {
    const answer = (await t.post('/login', body, headers)).json();
    expect(answer.user.lastLoginAt).toBe(new Date(t.clock.now).toISOString());
    expect(answer.tokens.accessToken).toBeTypeOf('string');
    expect((await t.post('/refresh', { refreshToken: answer.tokens.refreshToken })).statusCode).toBe(200);
  });
  expect(statements.filter((text) => text.includes('count_sign_in'))).toHaveLength(1);
  const at = new Date(t.clock.now);
  const userId = person.user.id;
  expect(
    await rowsOf('SELECT last_seen_at, user_agent FROM auth.devices WHERE user_id = $1', userId),
  ).toEqual([{ last_seen_at: at, user_agent: 'another browser' }]);
  const [event] = await rowsOf(
    'SELECT type, user_agent, details, created_at FROM auth.security_events WHERE user_id = $1 ORDER BY id DESC',
    userId,
  );
  expect(event).toEqual({
    type: 'signed_in',
    user_agent: 'another browser',
    details: { amr: 'pwd' },
    created_at: at,
  });
  expect(await rowsOf('SELECT last_login_at FROM auth.users WHERE id = $1', userId)).toEqual([
    { last_login_at: at },
  ]);
});

/** Signs in while something changes between the count of the attempt and the end of the hash. */
async function loginWhile(person: Awaited<ReturnType<typeof familiar>>, change: string) {
  let answer: Awaited<ReturnType<typeof login>> | undefined;
  await watch(
    async () => {
      answer = await login(person);
    },
    async (text) => {
      if (text.includes('count_sign_in')) await rowsOf(change, person.user.id);
    },
  );
  return answer as NonNullable<typeof answer>;
}

test.each([
  ['a new password', `UPDATE auth.users SET password_hash = 'another' WHERE id = $1`],
  ['a deactivation', 'UPDATE auth.users SET is_active = false WHERE id = $1'],
  ['a deletion', 'UPDATE auth.users SET deleted_at = now() WHERE id = $1'],
])('%s while the password is hashed wins: no session', async (_name, change) => {
  const person = await familiar();
  const before = await sessionsOf(person.user.id);
  expect((await loginWhile(person, change)).statusCode).toBe(401);
  expect(await sessionsOf(person.user.id)).toBe(before);
});

test('a second factor that is turned on while the password is hashed is asked for', async () => {
  const person = await familiar();
  const before = await sessionsOf(person.user.id);
  const answer = await loginWhile(
    person,
    'INSERT INTO auth.second_factors (user_id, is_email_on) VALUES ($1, true)',
  );
  expect([answer.statusCode, answer.json().methods]).toEqual([202, ['email']]);
  expect(await sessionsOf(person.user.id)).toBe(before);
});

test('a role that changes while the password is hashed is the one of the token', async () => {
  const person = await familiar();
  const answer = await loginWhile(person, `UPDATE auth.users SET role = 'MODERATOR' WHERE id = $1`);
  const { user, tokens } = answer.json();
  expect([user.role, decodeJwt(tokens.accessToken).role]).toEqual(['MODERATOR', 'MODERATOR']);
});

test('a new password that commits while the sign-in waits for the person opens no session', async () => {
  const person = await familiar();
  const before = await sessionsOf(person.user.id);
  const reset = await t.platform.database.pool.connect();
  await reset.query('BEGIN');
  await reset.query(`UPDATE auth.users SET password_hash = 'another' WHERE id = $1`, [person.user.id]);
  const asked = login(person);
  await expect
    .poll(
      () =>
        rowsOf(
          `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        ),
      {
        timeout: 10_000,
      },
    )
    .toHaveLength(1);
  await reset.query('COMMIT');
  reset.release();
  expect((await asked).statusCode).toBe(401);
  expect(await sessionsOf(person.user.id)).toBe(before);
});
