import { publishedEvents, type SignedUp, signUp, type TestApp, testApp } from '@spacedly/kit/testing';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAuthenticator } from '../fixtures/authenticator.ts';
import { authService } from '../index.ts';

let t: TestApp;
let offsetMs = 0;
beforeAll(async () => {
  t = await testApp([authService], { now: () => new Date(Date.now() + offsetMs) });
});
afterAll(() => t.close());

type Headers = Record<string, string>;
const post = (url: string, payload?: unknown, headers: Headers = {}) =>
  t.app.inject({ method: 'POST', url: `/v1/auth/passkeys${url}`, payload: payload as object, headers });
const options = async (headers: Headers) => (await post('/register/options', undefined, headers)).json();
const loginOptions = async () => (await post('/login/options')).json();
type Authenticator = ReturnType<typeof createAuthenticator>;

async function register({ headers }: SignedUp, authenticator: Authenticator, name?: string) {
  const response = authenticator.create({ options: await options(headers) });
  return post('/register/verify', { response, ...(name && { name }) }, headers);
}
async function personWithPasskey(settings = {}) {
  const [person, authenticator] = [await signUp(t), createAuthenticator(settings)];
  const added = await register(person, authenticator, 'Key');
  expect(added.statusCode).toBe(201);
  return { person, authenticator, passkey: added.json() };
}
const login = async (authenticator: Authenticator) =>
  post('/login/verify', { response: authenticator.get({ options: await loginOptions() }) });

test('a passkey is added, told, listed, renamed and deleted', async () => {
  const { person, passkey } = await personWithPasskey();
  expect(passkey).toMatchObject({ name: 'Key', isSynced: false, lastUsedAt: null });
  const url = `/v1/auth/passkeys/${passkey.id}`;
  const { headers } = person;
  const listed = async () => (await t.app.inject({ url: '/v1/auth/passkeys', headers })).json().items;
  expect(await listed()).toEqual([passkey]);
  const renamed = await t.app.inject({ method: 'PATCH', url, headers, payload: { name: 'Büro 🔑' } });
  expect(renamed.json()).toEqual({ ...passkey, name: 'Büro 🔑' });
  expect((await t.app.inject({ method: 'DELETE', url, headers })).statusCode).toBe(204);
  expect((await t.app.inject({ method: 'DELETE', url, headers })).statusCode).toBe(404);
  expect(await listed()).toEqual([]);
  const told = await publishedEvents(t.platform, 'credential.changed');
  const changes = told.filter(({ userId }) => userId === person.user.id).map(({ change }) => change);
  expect(changes).toEqual(['passkey_added', 'passkey_removed']);
  const log = (await t.app.inject({ url: '/v1/auth/events', headers })).json().items;
  const types = log.map(({ type }: { type: string }) => type);
  expect(types).toEqual(expect.arrayContaining(['passkey_added', 'passkey_renamed', 'passkey_removed']));
});

test('signs in with the passkey alone, as two factors; the account is found by it', async () => {
  const { person, authenticator } = await personWithPasskey({ isSynced: true });
  const asked = await loginOptions();
  expect(asked).toMatchObject({ userVerification: 'required', rpId: 'localhost' });
  expect(asked.allowCredentials ?? []).toEqual([]);
  const answer = await post('/login/verify', { response: authenticator.get({ options: asked }) });
  expect(answer.statusCode).toBe(200);
  expect(answer.json().user.id).toBe(person.user.id);
  expect(decodeJwt(answer.json().tokens.accessToken).amr).toEqual(['hwk', 'mfa']);
  const { headers } = person;
  const [passkey] = (await t.app.inject({ url: '/v1/auth/passkeys', headers })).json().items;
  expect(passkey.lastUsedAt).not.toBeNull();
});

test('one challenge, one answer: 50 parallel ones sign in once', async () => {
  const { authenticator } = await personWithPasskey({ counts: false });
  const response = authenticator.get({ options: await loginOptions() });
  const answers = await Promise.all(
    Array.from({ length: 50 }, async () => (await post('/login/verify', { response })).statusCode),
  );
  expect(answers.filter((status) => status === 200)).toHaveLength(1);
  expect(answers.filter((status) => status === 410)).toHaveLength(49);
});

test('a challenge is good for five minutes', async () => {
  const { person, authenticator } = await personWithPasskey();
  const [asked, adding] = [await loginOptions(), await options(person.headers)];
  offsetMs += 5 * 60_000 + 1;
  const late = await post('/login/verify', { response: authenticator.get({ options: asked }) });
  const response = createAuthenticator().create({ options: adding });
  const lateAdding = await post('/register/verify', { response }, person.headers);
  offsetMs = 0;
  expect([late.statusCode, lateAdding.statusCode]).toEqual([410, 410]);
});

test('a challenge of one ceremony or person is none of another', async () => {
  const { person, authenticator } = await personWithPasskey();
  const stranger = await signUp(t);
  const adding = await options(person.headers);
  const asLogin = await post('/login/verify', { response: authenticator.get({ options: adding }) });
  expect(asLogin.statusCode).toBe(410);
  const response = createAuthenticator().create({ options: adding });
  expect((await post('/register/verify', { response }, stranger.headers)).statusCode).toBe(410);
  expect((await post('/register/verify', { response }, person.headers)).statusCode).toBe(201);
});

test.each([
  ['another origin', { origin: 'https://evil.example' }],
  ['another port', { origin: 'http://localhost:4000' }],
  ['another host', { rpId: 'evil.example' }],
  ['nobody verified', { isVerified: false }],
])('%s is refused, for signing in and for adding', async (_name, wrong) => {
  const { person, authenticator } = await personWithPasskey();
  const response = authenticator.get({ options: await loginOptions(), ...wrong });
  expect((await post('/login/verify', { response })).statusCode).toBe(401);
  const made = createAuthenticator().create({ options: await options(person.headers), ...wrong });
  expect((await post('/register/verify', { response: made }, person.headers)).statusCode).toBe(400);
});

test('a forged signature, an unknown key and another person’s handle are refused alike', async () => {
  const { authenticator } = await personWithPasskey();
  const other = await personWithPasskey();
  const forged = authenticator.get({ options: await loginOptions() });
  forged.response.signature = other.authenticator.get({ options: await loginOptions() }).response.signature;
  const unknown = createAuthenticator().get({ options: await loginOptions() });
  const swapped = authenticator.get({ options: await loginOptions() });
  swapped.response.userHandle = other.authenticator.get({
    options: await loginOptions(),
  }).response.userHandle;
  for (const response of [forged, unknown, swapped]) {
    const answer = await post('/login/verify', { response });
    expect(answer.statusCode).toBe(401);
    expect(answer.json().title).toBe('The sign-in details are not right');
  }
});

test('a counter that falls back is a copied key: refused, and the owner is told', async () => {
  const { person, authenticator } = await personWithPasskey();
  expect((await login(authenticator)).statusCode).toBe(200);
  authenticator.state.counter = 0;
  expect((await login(authenticator)).statusCode).toBe(401);
  const copied = (await publishedEvents(t.platform, 'credential.changed')).filter(
    ({ userId, change }) => userId === person.user.id && change === 'passkey_copied',
  );
  expect(copied).toHaveLength(1);
  authenticator.state.counter = 50;
  expect((await login(authenticator)).statusCode).toBe(200);
});

test('nobody can cry "copied" without the key', async () => {
  const { person, authenticator } = await personWithPasskey();
  await login(authenticator);
  authenticator.state.counter = 0;
  const response = authenticator.get({ options: await loginOptions() });
  response.response.signature = Buffer.alloc(70, 1).toString('base64url');
  expect((await post('/login/verify', { response })).statusCode).toBe(401);
  const told = await publishedEvents(t.platform, 'credential.changed');
  expect(told.some(({ userId, change }) => userId === person.user.id && change === 'passkey_copied')).toBe(
    false,
  );
});

test('a deactivated or deleted account does not sign in', async () => {
  const { person, authenticator } = await personWithPasskey();
  const { pool } = t.platform.database;
  for (const change of ['is_active = false', 'is_active = true, deleted_at = now()']) {
    await pool.query(`UPDATE auth.users SET ${change} WHERE id = $1`, [person.user.id]);
    expect((await login(authenticator)).statusCode).toBe(401);
  }
});

test('a key is registered once, and a person has twenty at most', async () => {
  const { person, authenticator } = await personWithPasskey();
  const stranger = await signUp(t);
  expect((await register(stranger, authenticator)).statusCode).toBe(409);
  const adding = await Promise.all(Array.from({ length: 20 }, () => options(person.headers)));
  const answers = await Promise.all(
    adding.map((asked) =>
      post(
        '/register/verify',
        { response: createAuthenticator().create({ options: asked }) },
        person.headers,
      ),
    ),
  );
  expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(19);
  expect(answers.filter(({ statusCode }) => statusCode === 422)).toHaveLength(1);
  expect((await post('/register/options', undefined, person.headers)).statusCode).toBe(422);
});

test('other people’s passkeys are not there, and nobody adds one without signing in', async () => {
  const { passkey } = await personWithPasskey();
  const { headers } = await signUp(t);
  const url = `/v1/auth/passkeys/${passkey.id}`;
  expect((await t.app.inject({ method: 'PATCH', url, headers, payload: { name: 'x' } })).statusCode).toBe(
    404,
  );
  expect((await t.app.inject({ method: 'DELETE', url, headers })).statusCode).toBe(404);
  expect((await post('/register/options')).statusCode).toBe(401);
  expect((await t.app.inject('/v1/auth/passkeys')).statusCode).toBe(401);
});

test.each([
  [{}],
  [{ response: 'x' }],
  [{ response: { id: 'a\u0000', rawId: 'a', type: 'public-key', clientExtensionResults: {}, response: {} } }],
  [{ response: null, userId: 'x' }],
])('nonsense %j answers 400', async (body) => {
  const { headers } = await signUp(t);
  expect((await post('/register/verify', body, headers)).statusCode).toBe(400);
  expect((await post('/login/verify', body)).statusCode).toBe(400);
});

test('a network does not get challenges without end', async () => {
  const statuses = [];
  for (let asked = 0; asked < 205; asked += 1) statuses.push((await post('/login/options')).statusCode);
  expect(statuses.at(-1)).toBe(429);
});
