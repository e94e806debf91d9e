import { issuedCode, signUp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Flows, flowsApp, newEmail, newPhone, outsideView } from '../fixtures/flows.ts';

let t: Flows;
/** E-mails of accounts in every state, and of none. */
const who: Record<string, string> = {};

beforeAll(async () => {
  t = await flowsApp();
  const { pool } = t.platform.database;
  const change = async (name: string, sql: string | null) => {
    const { email, user } = await signUp(t);
    if (sql !== null) await pool.query(`UPDATE auth.users SET ${sql} WHERE id = $1`, [user.id]);
    who[name] = email;
  };
  who.unknown = newEmail();
  await change('active', null);
  await change('unverified', 'email_verified_at = NULL');
  await change('without a password', 'password_hash = NULL');
  await change('deactivated', 'is_active = false');
  await change('deleted', 'deleted_at = now()');
  who['half signed up'] = newEmail();
  await t.post('/signup', { email: who['half signed up'], name: 'Ada' });
  t.clock.now += 3_600_000;
});
afterAll(() => t.close());

const NAMES = ['active', 'unverified', 'without a password', 'deactivated', 'deleted', 'half signed up'];

/** The same call for each kind of account must look the same from outside. */
async function compare(call: (email: string) => ReturnType<Flows['post']>) {
  const expected = outsideView(await call(who.unknown as string));
  for (const name of NAMES)
    expect({ [name]: outsideView(await call(who[name] as string)) }).toEqual({ [name]: expected });
  return expected;
}

test('a wrong password', async () => {
  const { status } = await compare((identifier) =>
    t.post('/login', { identifier, password: 'wrong password' }),
  );
  expect(status).toBe(401);
});

test('asking for a sign-in code, guessing it, and asking again too soon', async () => {
  expect((await compare((email) => t.post('/otp/request', { email }))).status).toBe(202);
  expect((await compare((email) => t.post('/otp/request', { email }))).status).toBe(429);
  // Nobody's code begins like this three times in a row but once in a million.
  const statuses = [];
  for (const code of ['000000', '999999', '123456', '654321']) {
    statuses.push((await compare((email) => t.post('/otp/verify', { email, code }))).status);
  }
  expect(statuses).toEqual([400, 400, 400, 410]);
});

test('forgetting the password, guessing its code', async () => {
  expect((await compare((email) => t.post('/password/forgot', { email }))).status).toBe(202);
  expect((await compare((email) => t.post('/password/forgot', { email }))).status).toBe(429);
  const { status } = await compare((email) => t.post('/password/verify', { email, code: '000000' }));
  expect(status).toBe(400);
});

test('signing up with the address', async () => {
  expect((await compare((email) => t.post('/signup', { email, name: 'Mallory' }))).status).toBe(202);
});

test('only who may sign in got anything', async () => {
  for (const [name, email] of Object.entries(who)) {
    const { rows } = await t.platform.database.pool.query(
      `SELECT DISTINCT data->'data'->>'purpose' AS purpose FROM jobs.job
       WHERE data->>'name' = 'code.issued' AND data->'data'->>'to' = $1 AND data->'data'->>'purpose' <> 'SIGNUP'`,
      [email],
    );
    const purposes = rows.map(({ purpose }) => purpose).sort();
    const isOwner = name === 'active' || name === 'without a password';
    expect({ [name]: purposes }).toEqual({ [name]: isOwner ? ['PASSWORD_RESET', 'SIGNIN'] : [] });
  }
});

test('the right password of a closed account opens nothing and says nothing', async () => {
  t.clock.now += 2 * 86_400_000;
  const password = 'a quiet harbour at dawn';
  const expected = outsideView(await t.post('/login', { identifier: newEmail(), password }));
  for (const name of ['deactivated', 'deleted', 'without a password']) {
    expect(outsideView(await t.post('/login', { identifier: who[name], password }))).toEqual(expected);
  }
});

test('unknown phones answer like known ones', async () => {
  const phone = newPhone();
  await t.post('/signup', { phone, name: 'Phoebe' });
  await t.post('/signup/verify', { phone, code: await issuedCode(t.platform, phone) });
  for (const url of ['/otp/request', '/password/forgot']) {
    const [known, unknown] = [await t.post(url, { phone }), await t.post(url, { phone: newPhone() })];
    expect(outsideView(known)).toEqual(outsideView(unknown));
  }
});
