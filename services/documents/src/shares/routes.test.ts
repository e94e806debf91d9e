import { authService } from '@spacedly/auth';
import { newId } from '@spacedly/kit';
import {
  publishedEvents,
  type SignedUp,
  signUp,
  type TestApp,
  testApp,
  waitFor,
} from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentsService } from '../index.ts';

let t: TestApp;
let admin: SignedUp;
let ada: SignedUp;
let bob: SignedUp;
let eve: SignedUp;
beforeAll(async () => {
  t = await testApp([authService, documentsService], {
    config: { TASKS_URL: 'http://127.0.0.1:9', NOTIFICATIONS_URL: 'http://127.0.0.1:9' },
  });
  admin = await signUp(t);
  [ada, bob, eve] = await Promise.all([
    signUp(t, { name: 'Ada' }),
    signUp(t, { name: 'Bob' }),
    signUp(t, { name: 'Eve' }),
  ]);
});
afterAll(() => t.close());

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
const as = (who: SignedUp | null, method: Method, url: string, payload?: object) =>
  t.app.inject({ method, url, ...(who && { headers: who.headers }), ...(payload && { payload }) });
const made = async (more: object = {}) =>
  (await as(ada, 'POST', '/v1/docs', { title: 'Graphs', ...more })).json();
const give = (id: string, body: object, who: SignedUp | null = ada) =>
  as(who, 'POST', `/v1/docs/${id}/shares`, body);
const slug = (answer: { json(): { type: string } }) => answer.json().type.split('/').at(-1);

test('the first share opens a private document, without a new version; private again, shares do nothing', async () => {
  const { id } = await made();
  const answer = await give(id, { userId: bob.user.id, access: 'read' });
  const share = answer.json();
  expect([answer.statusCode, answer.headers.location]).toEqual([201, `/v1/docs/${id}/shares/${share.id}`]);
  expect(share).toMatchObject({ userId: bob.user.id, status: 'active', person: { name: 'Bob' } });
  expect((await as(ada, 'GET', `/v1/docs/${id}`)).json()).toMatchObject({ visibility: 'shared', version: 1 });
  expect((await as(bob, 'GET', `/v1/docs/${id}`)).json()).toMatchObject({ access: 'read' });
  const again = await give(id, { userId: bob.user.id, access: 'write' });
  expect([again.statusCode, again.json()]).toMatchObject([200, { id: share.id, access: 'write' }]);
  await t.platform.database.pool.query(
    `UPDATE documents.documents SET visibility = 'private' WHERE id = $1`,
    [id],
  );
  expect((await as(bob, 'GET', `/v1/docs/${id}`)).statusCode).toBe(404);
  expect(await publishedEvents(t.platform, 'document.shared')).toContainEqual({
    ...{ userId: bob.user.id, docId: id, title: 'Graphs', by: 'Ada', access: 'read' },
  });
});

test('the owner shares, writers look on, others are told no or nothing', async () => {
  const { id } = await made();
  const reader = (await give(id, { userId: bob.user.id, access: 'read' })).json();
  const path = `/v1/docs/${id}/shares`;
  const body = { userId: admin.user.id, access: 'read' };
  const asked: [Method, string, object?][] = [
    ['GET', path],
    ['POST', path, body],
    ['PATCH', `${path}/${reader.id}`, { access: 'write' }],
    ['DELETE', `${path}/${newId()}`],
  ];
  const statuses = async (who: SignedUp | null) => {
    const answers = [];
    for (const [method, url, payload] of asked)
      answers.push((await as(who, method, url, payload)).statusCode);
    return answers;
  };
  expect(await statuses(bob)).toEqual([403, 403, 403, 403]);
  expect(await statuses(eve)).toEqual([404, 404, 404, 404]);
  expect(await statuses(null)).toEqual([401, 401, 401, 401]);
  await as(ada, 'PATCH', `${path}/${reader.id}`, { access: 'write' });
  expect(await statuses(bob)).toEqual([200, 403, 403, 403]);
  expect(await statuses(admin)).toEqual([200, 201, 200, 404]);
  const other = await made();
  expect(slug(await as(ada, 'DELETE', `/v1/docs/${other.id}/shares/${reader.id}`))).toBe('share-not-found');
  expect((await as(bob, 'DELETE', `${path}/${bob.user.id}`)).statusCode).toBe(204);
  expect((await as(bob, 'GET', `/v1/docs/${id}`)).statusCode).toBe(404);
});

test('an address stays pending until it was opened; one that registers claims what was shared', async () => {
  const { id } = await made();
  const address = `new-${newId()}@Example.com`;
  await give(id, { email: bob.email, access: 'read' });
  await give(id, { email: address, access: 'comment' });
  const shares = async () => (await as(ada, 'GET', `/v1/docs/${id}/shares`)).json().items;
  for (const share of await shares()) {
    expect(share).toMatchObject({ userId: null, person: null, status: 'pending' });
  }
  expect((await as(bob, 'GET', `/v1/docs/${id}`)).statusCode).toBe(200);
  const dora = await signUp(t, { email: address.toLowerCase(), name: 'Dora' });
  await waitFor(async () => (await as(dora, 'GET', `/v1/docs/${id}`)).statusCode === 200);
  const told = (await shares()).map(({ status, person }: { status: string; person: { name: string } }) => [
    status,
    person?.name,
  ]);
  expect(told).toEqual([
    ['active', 'Bob'],
    ['active', 'Dora'],
  ]);
});

test('profiles are open to those who share something, and to the sharer only once it was opened', async () => {
  const [zoe, max] = [await signUp(t), await signUp(t)];
  const sees = async (who: SignedUp, whom: SignedUp) =>
    (await as(who, 'GET', `/v1/users/${whom.user.id}`)).statusCode;
  const { id } = (await as(zoe, 'POST', '/v1/docs', { title: 'x' })).json();
  expect([await sees(zoe, max), await sees(max, zoe)]).toEqual([404, 404]);
  await give(id, { userId: max.user.id, access: 'read' }, zoe);
  expect([await sees(zoe, max), await sees(max, zoe)]).toEqual([404, 200]);
  await as(max, 'GET', `/v1/docs/${id}`);
  expect([await sees(zoe, max), await sees(max, zoe)]).toEqual([200, 200]);
  await give(id, { userId: eve.user.id, access: 'read' }, zoe);
  expect([await sees(eve, max), await sees(max, eve), await sees(bob, max)]).toEqual([200, 404, 404]);
  await t.platform.database.pool.query('UPDATE documents.documents SET deleted_at = now() WHERE id = $1', [
    id,
  ]);
  expect([await sees(zoe, max), await sees(max, zoe)]).toEqual([404, 404]);
});
