import { hash } from '@node-rs/argon2';
import { deriveSecrets } from '@spacedly/kit';
import {
  issuedCode,
  publishedEvents,
  signUp,
  TEST_PASSWORD,
  type TestApp,
  testApp,
} from '@spacedly/kit/testing';
import { decodeJwt } from 'jose';
import { generateSync } from 'otplib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createProviderBrowser,
  startOpenIdProvider,
  type TestProvider,
} from '../fixtures/openid-provider.ts';
import { authService } from '../index.ts';

const ORIGIN = 'http://localhost:3000';
const REDIRECT_URI = `${ORIGIN}/v1/auth/google/callback`;

let t: TestApp;
let provider: TestProvider;
let offsetMs = 0;
beforeAll(async () => {
  provider = await startOpenIdProvider(REDIRECT_URI);
  t = await testApp([authService], {
    now: () => new Date(Date.now() + offsetMs),
    config: {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      OIDC_NAME: 'Example Corp',
    },
  });
});
afterAll(async () => {
  await t.close();
  await provider.close();
});

type Injected = Awaited<ReturnType<typeof t.app.inject>>;
type Cookies = Record<string, string>;
const cookiesOf = (answer: Injected): Cookies =>
  Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]));

async function begin(query = '') {
  const answer = await t.app.inject(`/v1/auth/google${query}`);
  expect(answer.statusCode).toBe(302);
  return { answer, url: answer.headers.location as string, cookies: cookiesOf(answer) };
}
const arrive = (callback: URL, cookies: Cookies) =>
  t.app.inject({ url: callback.pathname + callback.search, cookies });
const atProvider = (url: string, login: string) => createProviderBrowser(REDIRECT_URI)(url, login);

/** The whole way, as a browser goes it. */
async function signInAs(login: string, claims: Record<string, unknown>, query = '') {
  provider.people.set(login, claims);
  const { url, cookies } = await begin(query);
  return arrive(await atProvider(url, login), cookies);
}
async function accountOf(answer: Injected) {
  const cookie = `spacedly_access=${cookiesOf(answer).spacedly_access}`;
  return (await t.app.inject({ url: '/v1/users/me', headers: { cookie } })).json();
}
const failure = (answer: Injected) => {
  expect(answer.statusCode).toBe(302);
  expect(answer.cookies.filter(({ name, value }) => name === 'spacedly_access' && value !== '')).toEqual([]);
  return answer.headers.location;
};
const errorPage = (reason: string) => `${ORIGIN}/sign-in?error=${reason}`;
let serial = 0;
function nextEmail(): string {
  serial += 1;
  return `fed${serial}@example.com`;
}
const sql = (text: string, values: unknown[] = []) => t.platform.database.pool.query(text, values);
const verified = (email: string) => ({ email, email_verified: true, name: 'Ada Federated' });

test('a new person comes in with a verified address; the second time it is the same account', async () => {
  const email = nextEmail();
  const first = await signInAs('new-1', verified(email), '?returnTo=/tasks%3Fview%3Dday');
  expect(first.headers.location).toBe(`${ORIGIN}/tasks?view=day`);
  const [access, refresh] = ['spacedly_access', 'spacedly_refresh'].map((name) =>
    first.cookies.find((cookie) => cookie.name === name),
  );
  expect(access).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(refresh).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/v1/auth' });
  expect(decodeJwt(access?.value ?? '').amr).toEqual(['fed']);
  const account = await accountOf(first);
  expect(account).toMatchObject({ email, name: 'Ada Federated' });
  expect(account.emailVerifiedAt).not.toBeNull();
  const second = await signInAs('new-1', { ...verified('changed@example.com'), email_verified: false });
  expect(second.headers.location).toBe(`${ORIGIN}/`);
  expect((await accountOf(second)).id).toBe(account.id);
});

const TOLD = '?locale=hi-IN&timeZone=Asia%2FKolkata';

test('a new account speaks and counts days as the browser does; the provider is not told', async () => {
  provider.people.set('told-1', verified(nextEmail()));
  const { answer, url, cookies } = await begin(TOLD);
  expect(decodeURIComponent(url)).not.toMatch(/hi-IN|Kolkata/);
  expect(answer.cookies.map(({ value }) => value).join()).not.toMatch(/hi-IN|Kolkata/);
  const account = await accountOf(await arrive(await atProvider(url, 'told-1'), cookies));
  expect(account).toMatchObject({ locale: 'hi-IN', timeZone: 'Asia/Kolkata' });
});

test('an account that is there keeps its own', async () => {
  const email = nextEmail();
  await signInAs('told-2', verified(email), '?locale=de&timeZone=Europe%2FBerlin');
  const account = await accountOf(await signInAs('told-2', verified(email), TOLD));
  expect(account).toMatchObject({ locale: 'de', timeZone: 'Europe/Berlin' });
});

test.each([
  ['nothing', '', { locale: 'es', timeZone: 'UTC' }],
  ['what is not known', '?locale=Hindi&timeZone=Mars%2FOlympus', { locale: 'es', timeZone: 'UTC' }],
  ['an offset', '?locale=de-AT&timeZone=%2B02:00', { locale: 'de-AT', timeZone: 'UTC' }],
])('told %s, the rest is that of Accept-Language, in UTC', async (what, query, expected) => {
  const login = `told ${what}`;
  provider.people.set(login, verified(nextEmail()));
  const { url, cookies } = await begin(query);
  const callback = await atProvider(url, login);
  const headers = { 'accept-language': 'fr, es;q=0.5' };
  const answer = await t.app.inject({ url: callback.pathname + callback.search, cookies, headers });
  expect(await accountOf(answer)).toMatchObject(expected);
});

test('the way there: code, PKCE S256, state and nonce; a sealed cookie for the way back', async () => {
  const { answer, url, cookies } = await begin();
  const query = new URL(url).searchParams;
  expect(Object.fromEntries(query)).toMatchObject({
    response_type: 'code',
    client_id: 'spacedly',
    redirect_uri: REDIRECT_URI,
    code_challenge_method: 'S256',
    scope: 'openid email profile',
  });
  const [cookie] = answer.cookies;
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/v1/auth/google', maxAge: 600 });
  for (const name of ['state', 'nonce', 'code_challenge']) {
    expect(query.get(name)?.length).toBeGreaterThanOrEqual(43);
    expect(Object.values(cookies).join()).not.toContain(query.get(name));
  }
});

test('the state of another attempt, none, or one made up is refused', async () => {
  provider.people.set('state-1', verified(nextEmail()));
  const mine = await begin();
  const callback = await atProvider(mine.url, 'state-1');
  const other = await begin();
  expect(failure(await arrive(callback, {}))).toBe(errorPage('sign-in-expired'));
  expect(failure(await arrive(callback, other.cookies))).toBe(errorPage('sign-in-expired'));
  const [name = ''] = Object.keys(mine.cookies);
  const swapped = { [name]: Object.values(other.cookies)[0] as string };
  expect(failure(await arrive(callback, swapped))).toBe(errorPage('sign-in-expired'));
  const renamed = new URL(callback);
  renamed.searchParams.set('state', `${callback.searchParams.get('state')?.slice(0, 12)}${'x'.repeat(31)}`);
  expect(failure(await arrive(renamed, mine.cookies))).toBe(errorPage('sign-in-expired'));
});

/** A cookie sealed by us whose contents were changed: what an attacker would need to make, and cannot. */
function resealed(cookies: Cookies, change: (attempt: Record<string, unknown>) => object): Cookies {
  const { secrets } = t.platform;
  return Object.fromEntries(
    Object.entries(cookies).map(([name, sealed]) => [
      name,
      secrets.seal(JSON.stringify(change(JSON.parse(secrets.open(sealed))))),
    ]),
  );
}

test.each([
  ['a wrong nonce', (attempt: object) => ({ ...attempt, nonce: 'x'.repeat(43) }), 'provider-refused'],
  [
    'a wrong PKCE verifier',
    (attempt: object) => ({ ...attempt, codeVerifier: 'x'.repeat(43) }),
    'provider-refused',
  ],
  [
    'no PKCE verifier',
    ({ codeVerifier: _, ...attempt }: Record<string, unknown>) => attempt,
    'sign-in-expired',
  ],
  [
    'another provider',
    (attempt: object) => ({ ...attempt, issuer: 'https://evil.example' }),
    'sign-in-expired',
  ],
  ['something else we sealed', (attempt: object) => ({ ...attempt, kind: 'link' }), 'sign-in-expired'],
])('%s is refused', async (_name, change, reason) => {
  provider.people.set('nonce-1', verified(nextEmail()));
  const { url, cookies } = await begin();
  const callback = await atProvider(url, 'nonce-1');
  expect(failure(await arrive(callback, resealed(cookies, change)))).toBe(errorPage(reason));
});

test('a cookie of another installation, or a broken one, is refused', async () => {
  provider.people.set('seal-1', verified(nextEmail()));
  const { url, cookies } = await begin();
  const callback = await atProvider(url, 'seal-1');
  const [name = '', sealed = ''] = Object.entries(cookies)[0] ?? [];
  const foreign = deriveSecrets('the secret of another installation');
  const bent = `${sealed.slice(0, 40)}${sealed[40] === 'A' ? 'B' : 'A'}${sealed.slice(41)}`;
  for (const value of [foreign.seal(t.platform.secrets.open(sealed)), bent, '', 'x']) {
    expect(failure(await arrive(callback, { [name]: value }))).toBe(errorPage('sign-in-expired'));
  }
});

test('a code works once, and an attempt for ten minutes', async () => {
  provider.people.set('once-1', verified(nextEmail()));
  const { url, cookies } = await begin();
  const callback = await atProvider(url, 'once-1');
  const first = await arrive(callback, cookies);
  expect(first.headers.location).toBe(`${ORIGIN}/`);
  const cleared = first.cookies.find(({ name }) => name.startsWith('spacedly_oidc_'));
  expect(cleared?.value).toBe('');
  expect(failure(await arrive(callback, cookies))).toBe(errorPage('provider-refused'));
  const late = await begin();
  const lateCallback = await atProvider(late.url, 'once-1');
  offsetMs = 10 * 60_000 + 1;
  const answer = await arrive(lateCallback, late.cookies);
  offsetMs = 0;
  expect(failure(answer)).toBe(errorPage('sign-in-expired'));
});

test('an address the provider did not verify opens nothing, known here or not', async () => {
  const person = await signUp(t);
  for (const email of [person.email, nextEmail()]) {
    const answer = await signInAs(`unverified-${email}`, { email, email_verified: false });
    expect(failure(answer)).toBe(errorPage('email-not-verified'));
  }
  expect(failure(await signInAs('no-address', {}))).toBe(errorPage('email-not-verified'));
  expect(
    (await sql('SELECT count(*)::int AS n FROM auth.identities WHERE user_id = $1', [person.user.id])).rows[0]
      .n,
  ).toBe(0);
});

test('an account whose address is verified on both sides is linked; its password stays, its owner is told', async () => {
  const person = await signUp(t);
  const answer = await signInAs('link-1', verified(person.email.toUpperCase()));
  expect((await accountOf(answer)).id).toBe(person.user.id);
  const body = { identifier: person.email, password: person.password };
  const byPassword = await t.app.inject({ method: 'POST', url: '/v1/auth/login', payload: body });
  expect(byPassword.statusCode).toBe(200);
  const told = await publishedEvents(t.platform, 'credential.changed');
  expect(told.filter(({ userId }) => userId === person.user.id)).toMatchObject([
    { change: 'identity_linked', name: 'Example Corp' },
  ]);
});

test('pre-hijacking: whoever made an unproven account for my address loses every way in when I arrive', async () => {
  const attacker = await signUp(t);
  const { id } = attacker.user;
  // As an imported account is: the attacker's password, sessions and tokens, and an address nobody proved.
  await sql('UPDATE auth.users SET email_verified_at = NULL, password_hash = $2 WHERE id = $1', [
    id,
    await hash(TEST_PASSWORD),
  ]);
  const headers = attacker.headers;
  const scopes = ['users:read'];
  const token = await t.app.inject({
    method: 'POST',
    url: '/v1/auth/tokens',
    headers,
    payload: { name: 'Back door', scopes },
  });
  const byToken = { authorization: `Bearer ${token.json().token}` };
  const me = (headers: Record<string, string>) => t.app.inject({ url: '/v1/users/me', headers });
  expect([(await me(headers)).statusCode, (await me(byToken)).statusCode]).toEqual([200, 200]);

  const answer = await signInAs('victim-1', verified(attacker.email));
  const account = await accountOf(answer);
  expect(account.id).toBe(id);
  expect(account.emailVerifiedAt).not.toBeNull();

  expect([(await me(headers)).statusCode, (await me(byToken)).statusCode]).toEqual([401, 401]);
  const post = (url: string, payload: object) => t.app.inject({ method: 'POST', url, payload });
  const login = await post('/v1/auth/login', { identifier: attacker.email, password: TEST_PASSWORD });
  expect(login.statusCode).toBe(401);
  expect((await post('/v1/auth/refresh', { refreshToken: attacker.refreshToken })).statusCode).toBe(401);
});

test('pre-hijacking: a sign-up code that waits for my address is worth nothing once I came by the provider', async () => {
  const email = nextEmail();
  const post = (url: string, payload: object) => t.app.inject({ method: 'POST', url, payload });
  await post('/v1/auth/signup', { email, password: 'the password of an attacker', name: 'Mallory' });
  const code = await issuedCode(t.platform, email);
  const mine = await accountOf(await signInAs('victim-2', verified(email)));
  expect(mine.name).toBe('Ada Federated');
  const codes = await sql('SELECT code_hmac, payload FROM auth.one_time_codes WHERE target = $1', [email]);
  expect(codes.rows).toEqual([{ code_hmac: null, payload: null }]);
  const links = await sql('SELECT 1 FROM auth.link_tokens WHERE target = $1', [email]);
  expect(links.rows).toEqual([]);
  expect((await post('/v1/auth/signup/verify', { email, code })).statusCode).toBe(410);
  const login = await post('/v1/auth/login', { identifier: email, password: 'the password of an attacker' });
  expect(login.statusCode).toBe(401);
});

test('an unproven address of somebody with a proven phone is released; both keep what is theirs', async () => {
  const holder = await signUp(t);
  await sql(
    'UPDATE auth.users SET email_verified_at = NULL, phone = $2, phone_verified_at = now() WHERE id = $1',
    [holder.user.id, '+14155550177'],
  );
  const arrived = await accountOf(await signInAs('release-1', verified(holder.email)));
  expect(arrived.id).not.toBe(holder.user.id);
  expect(arrived.email).toBe(holder.email);
  const theirs = await t.app.inject({ url: '/v1/users/me', headers: holder.headers });
  expect(theirs.json()).toMatchObject({ id: holder.user.id, email: null, phone: '+14155550177' });
});

test.each([
  ['deactivated', 'is_active = false'],
  ['deleted', 'deleted_at = now()'],
])('a %s account stays closed, linked or not', async (_name, change) => {
  const person = await signUp(t);
  const login = `closed-${person.email}`;
  await signInAs(login, verified(person.email));
  await sql(`UPDATE auth.users SET ${change} WHERE id = $1`, [person.user.id]);
  expect(failure(await signInAs(login, verified(person.email)))).toBe(errorPage('account-closed'));
  expect(failure(await signInAs(`${login}-2`, verified(person.email)))).toBe(errorPage('account-closed'));
});

test('the second factor is asked for, and finishes the sign-in', async () => {
  const person = await signUp(t);
  const post = (url: string, payload: object, headers = {}) =>
    t.app.inject({ method: 'POST', url, payload, headers });
  const setup = (await post('/v1/auth/2fa/totp/setup', {}, person.headers)).json();
  const code = () =>
    generateSync({ secret: setup.secret, epoch: Math.floor((Date.now() + offsetMs) / 1_000) });
  const confirmed = await post('/v1/auth/2fa/totp/confirm', { code: code() }, person.headers);
  expect(confirmed.statusCode).toBe(200);
  const answer = await signInAs('totp-1', verified(person.email), '?returnTo=/tasks');
  const location = new URL(failure(answer) as string);
  expect(location.origin + location.pathname + location.search).toBe(`${ORIGIN}/sign-in`);
  const facts = new URLSearchParams(location.hash.slice(1));
  expect(facts.get('methods')?.split(',')).toContain('totp');
  expect(facts.get('returnTo')).toBe('/tasks');
  offsetMs += 60_000;
  const body = { challenge: facts.get('challenge'), method: 'totp', code: code() };
  const finished = await post('/v1/auth/login/second-factor', body);
  offsetMs = 0;
  expect(finished.statusCode).toBe(200);
  expect(decodeJwt(finished.json().tokens.accessToken).amr).toEqual(['fed', 'otp', 'mfa']);
});

test('ten sign-ins of one new person at once make one account', async () => {
  const email = nextEmail();
  provider.people.set('race-1', verified(email));
  const attempts = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const { url, cookies } = await begin();
      return { callback: await atProvider(url, 'race-1'), cookies };
    }),
  );
  const answers = await Promise.all(attempts.map(({ callback, cookies }) => arrive(callback, cookies)));
  expect(answers.map(({ headers }) => headers.location)).toEqual(Array(10).fill(`${ORIGIN}/`));
  const accounts = await Promise.all(answers.map(accountOf));
  expect(new Set(accounts.map(({ id }) => id)).size).toBe(1);
});

test.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '\\/evil.example',
  'javascript:alert(1)',
  '/\t/evil.example',
  '',
  'tasks',
])('no way to %j afterwards', async (returnTo) => {
  const answer = await t.app.inject(`/v1/auth/google?${new URLSearchParams({ returnTo })}`);
  expect(answer.statusCode).toBe(400);
});

test('what a caller says of our address counts for nothing', async () => {
  const headers = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    forwarded: 'host=evil.example',
  };
  const answer = await t.app.inject({ url: '/v1/auth/google', headers });
  const url = new URL(answer.headers.location as string);
  expect(url.origin).toBe(provider.issuer);
  expect(url.searchParams.get('redirect_uri')).toBe(REDIRECT_URI);
  const back = await t.app.inject({ url: '/v1/auth/google/callback?state=x', headers });
  expect(back.headers.location).toBe(errorPage('sign-in-expired'));
});

test('a person who says no at the provider comes back to the sign-in page', async () => {
  const { url, cookies } = await begin();
  const state = new URL(url).searchParams.get('state') ?? '';
  const query = new URLSearchParams({ error: 'access_denied', state, iss: provider.issuer });
  expect(failure(await arrive(new URL(`${REDIRECT_URI}?${query}`), cookies))).toBe(
    errorPage('sign-in-cancelled'),
  );
  const foreign = new URLSearchParams({ error: 'access_denied', state, iss: 'https://evil.example' });
  expect(failure(await arrive(new URL(`${REDIRECT_URI}?${foreign}`), cookies))).toBe(
    errorPage('provider-refused'),
  );
});

test('the sign-in page can ask which providers there are', async () => {
  const listed = (await t.app.inject('/v1/auth/providers')).json();
  expect(listed).toEqual({ items: [{ name: 'Example Corp', url: '/v1/auth/google' }], nextCursor: null });
});

test('without a provider, or with one that does not answer, the person reads why', async () => {
  const none = await testApp([authService]);
  const dead = await testApp([authService], {
    config: { OIDC_ISSUER: 'http://127.0.0.1:9', OIDC_CLIENT_ID: 'x' },
  });
  try {
    expect((await none.app.inject('/v1/auth/providers')).json().items).toEqual([]);
    for (const url of ['/v1/auth/google', '/v1/auth/google/callback']) {
      expect((await none.app.inject(url)).headers.location).toBe(errorPage('provider-not-configured'));
    }
    expect((await dead.app.inject('/v1/auth/google')).headers.location).toBe(
      errorPage('provider-unavailable'),
    );
  } finally {
    await Promise.all([none.close(), dead.close()]);
  }
});
