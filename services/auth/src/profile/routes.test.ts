import { type SignedUp, signUp, type TestApp, testApp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ALONE, createPeople, NOBODY, problemOf } from '../fixtures/people.ts';
import { authService } from '../index.ts';

let t: TestApp;
let admin: SignedUp;
let person: SignedUp;
let { as, withRole } = {} as ReturnType<typeof createPeople>;

beforeAll(async () => {
  t = await testApp([authService], { config: ALONE });
  ({ as, withRole } = createPeople(t));
  admin = await signUp(t);
});
afterAll(() => t.close());
beforeEach(async () => {
  person = await signUp(t, { name: 'Per Son' });
});

const me = (who = person) => as(who, 'GET', '/v1/users/me');
const patch = (body: object) => as(person, 'PATCH', '/v1/users/me', body);

test('a profile begins empty, keeps what is given, and clears with null', async () => {
  expect((await me()).json()).toMatchObject({ bio: null, headline: null, links: [], preferences: {} });
  const links = [{ label: 'Site', url: 'https://example.com/?a=<b>' }];
  const preferences = { theme: 'dark', nested: { list: [1, null, 'ü', Number.MAX_SAFE_INTEGER + 2] } };
  const changed = await patch({ bio: '$100 <b>\n👩‍🚀', headline: 'Learner', links, preferences });
  expect(changed.statusCode).toBe(200);
  expect((await me()).json()).toMatchObject({ bio: '$100 <b>\n👩‍🚀', headline: 'Learner', links });
  expect((await me()).json().preferences.nested.list.slice(0, 3)).toEqual([1, null, 'ü']);
  const { version } = (await me()).json();
  await patch({ bio: null, name: 'New Name' });
  expect((await me()).json()).toMatchObject({
    bio: null,
    headline: 'Learner',
    name: 'New Name',
    links,
    version: version + 1,
  });
});

test.each([
  ['a bio of 2,001 characters', { bio: 'x'.repeat(2_001) }],
  ['an empty bio', { bio: '' }],
  ['NUL in a bio', { bio: 'a\u0000b' }],
  ['eleven links', { links: Array(11).fill({ label: 'x', url: 'https://example.com' }) }],
  ['a script for a link', { links: [{ label: 'x', url: 'javascript:alert(1)' }] }],
  ['a link with more in it', { links: [{ label: 'x', url: 'https://example.com', rel: 'me' }] }],
  ['a list of preferences', { preferences: [] }],
  ['17 KiB of preferences', { preferences: { x: 'y'.repeat(17_000) } }],
  ['NUL deep in preferences', { preferences: { a: { b: ['\u0000'] } } }],
  ['a lone surrogate in preferences', { preferences: { a: '\ud800' } }],
  ['preferences eleven levels deep', { preferences: JSON.parse(`${'{"a":'.repeat(11)}1${'}'.repeat(11)}`) }],
  ['a lone surrogate as a key', { preferences: { '\ud800': 1 } }],
  ['another account type', { accountType: 'MERCHANT' }],
  ['an avatar', { avatarUrl: 'https://evil.example/x.png' }],
  ['a deletion', { deletedAt: null }],
])('refuses %s and changes nothing', async (_name, body) => {
  const before = (await me()).body;
  expect((await patch(body)).statusCode).toBe(400);
  expect((await me()).body).toBe(before);
});

test('preferences 100,000 levels deep are a mistake of the caller', async () => {
  const payload = `{"preferences":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
  const headers = { ...person.headers, 'content-type': 'application/json' };
  const answer = await t.app.inject({ method: 'PATCH', url: '/v1/users/me', headers, payload });
  expect(answer.statusCode).toBe(400);
});

test('a bad link beside a good name changes neither', async () => {
  expect((await patch({ name: 'Good', links: [{ label: '', url: 'x' }] })).statusCode).toBe(400);
  expect((await me()).json().name).toBe('Per Son');
});

test('a stale If-Match changes neither table', async () => {
  const answer = await t.app.inject({
    method: 'PATCH',
    url: '/v1/users/me',
    headers: { ...person.headers, 'if-match': '"77"' },
    payload: { bio: 'late', name: 'Late' },
  });
  expect(answer.statusCode).toBe(412);
  expect((await me()).json()).toMatchObject({ bio: null, name: 'Per Son' });
});

test('completing a profile needs all of it at once', async () => {
  const complete = (body: object) => as(person, 'POST', '/v1/users/me/complete-profile', body);
  const whole = { name: 'Ada King', country: 'GB', timeZone: 'Europe/London' };
  for (const field of Object.keys(whole)) {
    const { [field as 'name']: _, ...rest } = whole;
    expect([field, (await complete(rest)).statusCode]).toEqual([field, 400]);
  }
  expect((await complete({ ...whole, country: null })).statusCode).toBe(400);
  expect((await complete({ ...whole, role: 'ADMIN' })).statusCode).toBe(400);
  expect((await me()).json().isProfileComplete).toBe(false);
  const done = await complete({ ...whole, zip: 'SW1A' });
  expect(done.json()).toMatchObject({ ...whole, zip: 'SW1A', isProfileComplete: true });
  await as(admin, 'PATCH', '/v1/users/me', { username: 'taken.name' });
  expect(problemOf(await complete({ ...whole, username: 'taken.name' }))).toBe('username-taken');
});

test('a public profile is for oneself and for those who look after accounts; to others nobody is there', async () => {
  await patch({ bio: 'Hello', username: 'per.son' });
  const url = `/v1/users/${person.user.id}`;
  const shown = await as(person, 'GET', url);
  expect(shown.json()).toEqual({
    id: person.user.id,
    name: 'Per Son',
    username: 'per.son',
    avatarUrl: null,
    bio: 'Hello',
  });
  const moderator = await withRole(admin, 'MODERATOR');
  expect((await as(moderator, 'GET', url)).body).toBe(shown.body);
  const stranger = await signUp(t);
  const [hidden, missing] = [
    await as(stranger, 'GET', url),
    await as(stranger, 'GET', `/v1/users/${NOBODY}`),
  ];
  const bare = (body: string) => body.replace(/"requestId":"[^"]*"/, '');
  expect([hidden.statusCode, bare(hidden.body)]).toEqual([404, bare(missing.body)]);
  expect((await as(moderator, 'GET', `/v1/users/${NOBODY}`)).statusCode).toBe(404);
  expect((await as(stranger, 'GET', '/v1/users/nonsense')).statusCode).toBe(400);
  expect((await t.app.inject(url)).statusCode).toBe(401);
});
