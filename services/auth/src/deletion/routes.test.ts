import {
  issuedCode,
  publishedEvents,
  type SignedUp,
  signUp,
  type TestApp,
  testApp,
  waitFor,
} from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ALONE, createPeople, NOBODY, problemOf } from '../fixtures/people.ts';
import { authService } from '../index.ts';

const DAY_MS = 86_400_000;

let t: TestApp;
let admin: SignedUp;
let person: SignedUp;
let now = new Date();
let { as, login, signedIn, isSignedIn } = {} as ReturnType<typeof createPeople>;

beforeAll(async () => {
  t = await testApp([authService], { config: ALONE, now: () => now });
  ({ as, login, signedIn, isSignedIn } = createPeople(t));
  admin = await signUp(t);
});
afterAll(() => t.close());
beforeEach(async () => {
  now = new Date();
  person = await signUp(t, { name: 'Per Son' });
});

const deleteMe = (body: object, who = person) => as(who, 'DELETE', '/v1/users/me', body);
const restore = (token: unknown) =>
  t.app.inject({ method: 'POST', url: '/v1/auth/restore', payload: { token } });
const adminUrl = (rest = '') => `/v1/admin/users/${person.user.id}${rest}`;

async function mailOf(who: SignedUp) {
  const mails = await publishedEvents(t.platform, 'account.deleted');
  return mails.filter(({ to }) => to === who.email).at(-1) as {
    sealedToken: string | null;
    restorableUntil: string;
  };
}

/** The token of the link in the mail. */
const tokenFor = async (who = person) => t.platform.secrets.open((await mailOf(who)).sealedToken as string);

test('a deleted account is out of sight within a second', async () => {
  const other = await signedIn(person);
  expect((await deleteMe({ password: person.password })).statusCode).toBe(204);
  for (const who of [person, other]) await waitFor(async () => !(await isSignedIn(who)), 1_000);
  expect((await login(person)).statusCode).toBe(401);
  const refresh = { refreshToken: person.refreshToken };
  const refreshed = await t.app.inject({ method: 'POST', url: '/v1/auth/refresh', payload: refresh });
  expect(refreshed.statusCode).toBe(401);
  const listed = (await as(admin, 'GET', `/v1/admin/users?query=${person.email}`)).json();
  expect(listed.items).toEqual([]);
  const profile = await as(admin, 'GET', `/v1/users/${person.user.id}`);
  expect(profile.statusCode).toBe(404);
  const shown = (await as(admin, 'GET', adminUrl())).json();
  expect(Date.parse(shown.purgeAfter) - Date.parse(shown.deletedAt)).toBe(30 * DAY_MS);
});

test('an unknown and a deleted account look alike at the sign-in', async () => {
  await deleteMe({ password: person.password });
  const [deleted, unknown] = [await login(person), await login({ ...person, email: 'nobody@example.com' })];
  const bare = (body: string) => body.replace(/"requestId":"[^"]*"/, '');
  expect([deleted.statusCode, bare(deleted.body)]).toEqual([unknown.statusCode, bare(unknown.body)]);
});

test('the addresses stay taken until the purge', async () => {
  await deleteMe({ password: person.password });
  const payload = { email: person.email.toUpperCase(), password: 'a quiet harbour at dawn', name: 'Again' };
  const signup = () => t.app.inject({ method: 'POST', url: '/v1/auth/signup', payload });
  const codes = async () =>
    (await publishedEvents(t.platform, 'code.issued')).filter(({ to }) => to === payload.email);
  now = new Date(now.getTime() + 61_000);
  expect((await signup()).statusCode).toBe(202);
  expect(await codes()).toHaveLength(0);
  await as(admin, 'POST', adminUrl('/purge'), { confirm: person.email });
  expect((await signup()).statusCode).toBe(202);
  expect(await codes()).toHaveLength(1);
});

test.each([
  ['nothing', {}, 400],
  ['both', { password: 'x', code: '123456' }, 400],
  ['a number', { password: 7 }, 400],
  ['an unknown field', { password: 'x', confirm: true }, 400],
  ['a wrong password', { password: 'not my harbour' }, 403],
  ['a code nobody sent', { code: '123456' }, 410],
  ['a code of letters', { code: 'abcdef' }, 400],
  ['NUL', { password: 'a\u0000b' }, 400],
])('%s deletes nothing', async (_name, body, status) => {
  expect((await deleteMe(body)).statusCode).toBe(status);
  expect(await isSignedIn(person)).toBe(true);
});

test('passwords cannot be tried without end, exactly five of 50 in parallel', async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => deleteMe({ password: 'not my harbour' })),
  );
  const count = (status: number) => answers.filter(({ statusCode }) => statusCode === status).length;
  expect([count(403), count(429)]).toEqual([5, 45]);
  const right = await deleteMe({ password: person.password });
  expect([right.statusCode, Number(right.headers['retry-after'])]).toEqual([429, expect.any(Number)]);
  now = new Date(now.getTime() + 15 * 60_000);
  person = await signedIn(person);
  expect((await deleteMe({ password: person.password })).statusCode).toBe(204);
});

test('of 20 parallel deletions one mail is sent and one row written', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => deleteMe({ password: person.password })));
  expect(answers.filter(({ statusCode }) => statusCode === 204)).toHaveLength(1);
  const mails = (await publishedEvents(t.platform, 'account.deleted')).filter(
    ({ to }) => to === person.email,
  );
  expect(mails).toHaveLength(1);
  const log = await as(admin, 'GET', `/v1/admin/audit?targetId=${person.user.id}&action=user.deleted`);
  expect(log.json().items).toHaveLength(1);
});

test('a fresh sign-in code will do in place of the password', async () => {
  const payload = { email: person.email };
  expect((await t.app.inject({ method: 'POST', url: '/v1/auth/otp/request', payload })).statusCode).toBe(202);
  const code = await issuedCode(t.platform, person.email);
  const wrong = code === '000000' ? '000001' : '000000';
  expect([(await deleteMe({ code: wrong })).statusCode, await isSignedIn(person)]).toEqual([400, true]);
  expect((await deleteMe({ code })).statusCode).toBe(204);
});

test('the link brings the account back, once, and opens no session', async () => {
  await deleteMe({ password: person.password });
  const token = await tokenFor();
  const answers = await Promise.all(Array.from({ length: 20 }, () => restore(token)));
  expect(answers.filter(({ statusCode }) => statusCode === 204)).toHaveLength(1);
  const late = answers.filter(({ statusCode }) => statusCode !== 204);
  expect(new Set(late.map(problemOf))).toEqual(new Set(['restore-link-expired']));
  expect(await isSignedIn(person)).toBe(false);
  expect((await login(person)).statusCode).toBe(200);

  now = new Date(now.getTime() + 60_000);
  person = await signedIn(person);
  await deleteMe({ password: person.password });
  expect((await restore(token)).statusCode).toBe(410);
  expect((await restore(await tokenFor())).statusCode).toBe(204);
});

test('the link works for 30 days', async () => {
  await deleteMe({ password: person.password });
  const token = await tokenFor();
  const until = Date.parse((await mailOf(person)).restorableUntil);
  now = new Date(until);
  expect((await restore(token)).statusCode).toBe(410);
  now = new Date(until - 1);
  expect((await restore(token)).statusCode).toBe(204);
});

test('a GET shows and does nothing', async () => {
  await deleteMe({ password: person.password });
  const token = await tokenFor();
  expect((await t.app.inject(`/v1/auth/restore?token=${token}`)).statusCode).toBe(404);
  expect((await restore(token)).statusCode).toBe(204);
});

test.each(['', 'x', NOBODY, `${NOBODY}.${'0'.repeat(64)}`, 'x'.repeat(501), 7, null, "' OR 1=1"])(
  'the token %s restores nobody',
  async (token) => {
    const answer = await restore(token);
    expect([400, 410]).toContain(answer.statusCode);
  },
);

test("somebody else's id with one's own signature restores nobody", async () => {
  const other = await signUp(t);
  await deleteMe({ password: person.password });
  await deleteMe({ password: other.password }, other);
  const [, signature] = (await tokenFor()).split('.');
  expect((await restore(`${other.user.id}.${signature}`)).statusCode).toBe(410);
});

test('what an admin deleted only an admin restores', async () => {
  expect((await as(admin, 'DELETE', adminUrl())).statusCode).toBe(204);
  await waitFor(async () => !(await isSignedIn(person)), 1_000);
  expect((await mailOf(person)).sealedToken).toBeNull();
  expect((await as(admin, 'DELETE', adminUrl())).statusCode).toBe(404);
  expect((await as(admin, 'PATCH', adminUrl(), { role: 'ADMIN' })).statusCode).toBe(404);
  expect((await as(admin, 'POST', adminUrl('/restore'))).json()).toMatchObject({ deletedAt: null });
  expect(problemOf(await as(admin, 'POST', adminUrl('/restore')))).toBe('not-deleted');
  expect((await login(person)).statusCode).toBe(200);
  const url = `/v1/admin/users/${NOBODY}`;
  expect((await as(admin, 'DELETE', url)).statusCode).toBe(404);
  expect((await as(admin, 'POST', `${url}/restore`)).statusCode).toBe(404);
});

test('a purge needs the right address', async () => {
  for (const confirm of ['', 'x', admin.email]) {
    const answer = await as(admin, 'POST', adminUrl('/purge'), { confirm });
    expect([answer.statusCode, problemOf(answer)]).toEqual([422, 'confirmation-mismatch']);
  }
  expect((await as(admin, 'POST', adminUrl('/purge'), {})).statusCode).toBe(400);
  expect(await isSignedIn(person)).toBe(true);
  const gone = await as(admin, 'POST', adminUrl('/purge'), { confirm: person.email.toUpperCase() });
  expect(gone.statusCode).toBe(204);
  expect((await as(admin, 'GET', adminUrl())).statusCode).toBe(404);
  expect((await as(admin, 'POST', adminUrl('/purge'), { confirm: person.email })).statusCode).toBe(404);
});
