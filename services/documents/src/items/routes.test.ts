import { authService } from '@spacedly/auth';
import { newId } from '@spacedly/kit';
import { type SignedUp, signUp, type TestApp, testApp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentsService } from '../index.ts';

let t: TestApp;
let ada: SignedUp;
let bob: SignedUp;
beforeAll(async () => {
  t = await testApp([authService, documentsService], {
    config: { TASKS_URL: 'http://127.0.0.1:9', NOTIFICATIONS_URL: 'http://127.0.0.1:9' },
  });
  // The first one is an admin, who may read everything.
  await signUp(t);
  [ada, bob] = await Promise.all([signUp(t), signUp(t)]);
});
afterAll(() => t.close());

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
const as = (who: SignedUp | null, method: Method, url: string, payload?: object) =>
  t.app.inject({ method, url, ...(who && { headers: who.headers }), ...(payload && { payload }) });

test('what is written is read by its owner alone, until it is public', async () => {
  const answer = await as(ada, 'POST', '/v1/docs', { title: 'Graphs', content: '# Graphs\n<b>$100</b>' });
  expect(answer.statusCode).toBe(201);
  const made = answer.json();
  expect(answer.headers.location).toBe(`/v1/docs/${made.id}`);
  expect(made).toMatchObject({
    ...{
      title: 'Graphs',
      content: '# Graphs\n<b>$100</b>',
      tags: [],
      visibility: 'private',
      department: null,
    },
    ...{ access: 'owner', version: 1, deletedAt: null, owner: { name: ada.user.name } },
  });
  const read = await as(ada, 'GET', `/v1/docs/${made.id}`);
  expect([read.statusCode, read.headers.etag, read.json()]).toEqual([200, '"1"', made]);
  for (const who of [bob, null]) {
    const refused = await as(who, 'GET', `/v1/docs/${made.id}`);
    expect([refused.statusCode, refused.json().type]).toEqual([
      404,
      'https://spacedly.dev/problems/document-not-found',
    ]);
  }
  const open = (await as(ada, 'POST', '/v1/docs', { title: 'Open', visibility: 'public' })).json();
  for (const who of [bob, null]) {
    expect((await as(who, 'GET', `/v1/docs/${open.id}`)).json()).toMatchObject({
      id: open.id,
      access: 'read',
    });
  }
  expect((await as(ada, 'GET', `/v1/docs/${newId()}`)).statusCode).toBe(404);
  expect((await as(null, 'POST', '/v1/docs', { title: 'x' })).statusCode).toBe(401);
});
