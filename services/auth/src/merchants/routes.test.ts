import { publishedEvents, type SignedUp, signUp, type TestApp, testApp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ALONE, createPeople, NOBODY, problemOf } from '../fixtures/people.ts';
import { authService } from '../index.ts';

let t: TestApp;
let admin: SignedUp;
let moderator: SignedUp;
let person: SignedUp;
let { as, withRole } = {} as ReturnType<typeof createPeople>;

const shop = {
  businessName: 'Ada & Söhne',
  category: 'Books',
  taxId: 'DE123456789',
  address: 'Hauptstraße 1\n10115 Berlin',
  contactEmail: 'shop@example.com',
  contactPhone: '+493012345678',
  website: 'https://shop.example.com',
};

beforeAll(async () => {
  t = await testApp([authService], { config: ALONE });
  ({ as, withRole } = createPeople(t));
  admin = await signUp(t);
  moderator = await withRole(admin, 'MODERATOR');
});
afterAll(() => t.close());
beforeEach(async () => {
  person = await signUp(t);
});

const URL = '/v1/users/me/merchant';
const put = (body: object, who = person) => as(who, 'PUT', URL, body);
const get = () => as(person, 'GET', URL);
const review = (body: object, who = moderator, userId = person.user.id) =>
  as(who, 'PATCH', `/v1/admin/merchants/${userId}`, body);
const told = async (name: string) =>
  (await publishedEvents(t.platform, name)).filter(({ userId }) => userId === person.user.id);

test('a person becomes a merchant', async () => {
  expect([(await get()).statusCode, problemOf(await get())]).toEqual([404, 'merchant-not-found']);
  const created = await put(shop);
  expect([created.statusCode, created.headers.location]).toEqual([201, URL]);
  expect(created.json()).toMatchObject({
    ...shop,
    userId: person.user.id,
    status: 'PENDING',
    rejectionReason: null,
  });
  expect((await get()).body).toBe(created.body);
  expect((await as(person, 'GET', '/v1/users/me')).json().accountType).toBe('MERCHANT');
  const again = await put({ ...shop, category: 'Music' });
  expect([again.statusCode, again.json().category, again.json().version]).toEqual([200, 'Music', 2]);
});

test('a PUT replaces: what is left out is gone', async () => {
  await put(shop);
  const { contactPhone: _, website: __, ...less } = shop;
  expect((await put(less)).json()).toMatchObject({ contactPhone: null, website: null });
});

test('of 20 first PUTs at once one creates', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => put(shop)));
  const statuses = answers.map(({ statusCode }) => statusCode).sort();
  expect(statuses).toEqual([...Array(19).fill(200), 201]);
});

test('verifying tells the owner, once', async () => {
  await put(shop);
  const verified = await review({ status: 'VERIFIED' });
  expect(verified.json()).toMatchObject({ status: 'VERIFIED', reviewedAt: expect.any(String) });
  expect(verified.json()).not.toHaveProperty('reviewedBy');
  await review({ status: 'VERIFIED' });
  expect(await told('merchant.verified')).toEqual([
    { userId: person.user.id, businessName: shop.businessName },
  ]);
  expect((await get()).json().status).toBe('VERIFIED');
});

test('rejecting tells the owner why, and correcting it asks again', async () => {
  await put(shop);
  expect((await review({ status: 'REJECTED', reason: 'No such number' })).statusCode).toBe(200);
  expect((await get()).json()).toMatchObject({ status: 'REJECTED', rejectionReason: 'No such number' });
  expect(await told('merchant.rejected')).toMatchObject([{ reason: 'No such number' }]);
  const corrected = (await put({ ...shop, taxId: 'DE987654321' })).json();
  expect(corrected).toMatchObject({ status: 'PENDING', rejectionReason: null, reviewedAt: null });
});

test.each([
  ['taxId', 'DE000000000', 'PENDING'],
  ['businessName', 'Other Ltd', 'PENDING'],
  ['category', 'Music', 'VERIFIED'],
  ['address', 'Elsewhere 2', 'VERIFIED'],
  ['contactEmail', 'new@example.com', 'VERIFIED'],
  ['contactPhone', null, 'VERIFIED'],
  ['website', null, 'VERIFIED'],
])('a verified business with another %s is %s', async (field, value, status) => {
  await put(shop);
  await review({ status: 'VERIFIED' });
  expect((await put({ ...shop, [field]: value })).json().status).toBe(status);
});

test.each([
  ['nothing', {}],
  ['a status', { ...shop, status: 'VERIFIED' }],
  ['an owner', { ...shop, userId: NOBODY }],
  ['no tax number', { ...shop, taxId: undefined }],
  ['a name of spaces', { ...shop, businessName: '   ' }],
  ['a list for a name', { ...shop, businessName: ['x'] }],
  ['NUL', { ...shop, address: 'a\u0000b' }],
  ['a script for a website', { ...shop, website: 'javascript:alert(1)' }],
  ['no e-mail', { ...shop, contactEmail: 'shop' }],
  ['a phone in words', { ...shop, contactPhone: 'call me' }],
])('refuses %s', async (_name, body) => {
  expect((await put(body)).statusCode).toBe(400);
  expect((await get()).statusCode).toBe(404);
});

test.each([
  {},
  { status: 'PENDING' },
  { status: 'REJECTED' },
  { status: 'VERIFIED', reason: 'x' },
  { status: 'REJECTED', reason: '' },
  { status: 'VERIFIED', businessName: 'Mine' },
])('refuses the decision %o', async (body) => {
  await put(shop);
  expect((await review(body)).statusCode).toBe(400);
  expect((await get()).json().status).toBe('PENDING');
});

test('nobody reviews their own way in', async () => {
  await put(shop);
  expect((await review({ status: 'VERIFIED' }, person)).statusCode).toBe(403);
  expect((await as(person, 'GET', '/v1/admin/merchants')).statusCode).toBe(403);
  expect((await review({ status: 'VERIFIED' }, moderator, NOBODY)).statusCode).toBe(404);
  expect((await as(moderator, 'GET', `/v1/admin/merchants/${NOBODY}`)).statusCode).toBe(404);
  const shown = await as(moderator, 'GET', `/v1/admin/merchants/${person.user.id}`);
  expect(shown.json().taxId).toBe(shop.taxId);
});

test('If-Match keeps a decision from falling on what was changed meanwhile', async () => {
  const { version } = (await put(shop)).json();
  await put({ ...shop, taxId: 'DE111111111' });
  const late = (method: 'PATCH' | 'PUT', url: string, who: SignedUp, payload: object) =>
    t.app.inject({ method, url, payload, headers: { ...who.headers, 'if-match': `"${version}"` } });
  const url = `/v1/admin/merchants/${person.user.id}`;
  expect((await late('PATCH', url, moderator, { status: 'VERIFIED' })).statusCode).toBe(412);
  expect((await late('PUT', URL, person, shop)).statusCode).toBe(412);
  expect((await get()).json()).toMatchObject({ status: 'PENDING', taxId: 'DE111111111' });
});

test('lists businesses by status, longest waiting first, without those of deleted accounts', async () => {
  const owners = [person, await signUp(t), await signUp(t)];
  for (const owner of owners) await put(shop, owner);
  const mine = new Set(owners.map(({ user }) => user.id));
  const list = async (query: string) => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: { userId: string }[]; nextCursor: string | null } = (
        await as(
          moderator,
          'GET',
          `/v1/admin/merchants?limit=2&${query}${cursor === null ? '' : `&cursor=${cursor}`}`,
        )
      ).json();
      seen.push(...page.items.map(({ userId }) => userId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return seen.filter((userId) => mine.has(userId));
  };
  const ids = owners.map(({ user }) => user.id);
  expect(await list('status=PENDING')).toEqual(ids);
  await review({ status: 'VERIFIED' });
  expect(await list('status=PENDING')).toEqual(ids.slice(1));
  expect(await list('status=VERIFIED')).toEqual(ids.slice(0, 1));
  await as(admin, 'DELETE', `/v1/admin/users/${ids[1]}`);
  expect(await list('')).toEqual([ids[0], ids[2]]);
  expect((await review({ status: 'VERIFIED' }, moderator, ids[1])).statusCode).toBe(404);
  expect((await as(moderator, 'GET', '/v1/admin/merchants?status=GONE')).statusCode).toBe(400);
});
