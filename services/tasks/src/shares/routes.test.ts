import { randomBytes, randomUUID } from 'node:crypto';
import { authService } from '@spacedly/auth';
import { events, MAX_SHARES, MAX_SHARES_PER_DAY } from '@spacedly/contracts';
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
import { tasksService } from '../index.ts';

let t: TestApp;
let ada: SignedUp;
let bob: SignedUp;
let eve: SignedUp;
beforeAll(async () => {
  t = await testApp([authService, tasksService], {
    config: { DOCUMENTS_URL: 'http://127.0.0.1:9', NOTIFICATIONS_URL: 'http://127.0.0.1:9' },
  });
  await signUp(t); // The first is an admin.
  [ada, bob, eve] = await Promise.all([
    signUp(t, { name: 'Ada' }),
    signUp(t, { name: 'Bob' }),
    signUp(t, { name: 'Eve' }),
  ]);
});
afterAll(() => t.close());

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
const as = (
  who: SignedUp,
  method: Method,
  url: string,
  payload?: object,
  more: Record<string, string> = {},
) => t.app.inject({ method, url, headers: { ...who.headers, ...more }, ...(payload && { payload }) });
const made = async (more: object = {}, who = ada) =>
  (await as(who, 'POST', '/v1/tasks', { title: 'Graphs', ...more })).json();
const give = (id: string, body: object, who = ada) => as(who, 'POST', `/v1/tasks/${id}/shares`, body);
const slug = (answer: { json(): { type: string } }) => answer.json().type.split('/').at(-1);
const fresh = () => `${randomBytes(6).toString('hex')}@Example.com`;

test('with a person: 201 and Location, again 200 with what they may do now, listed, told once', async () => {
  const { id } = await made();
  const first = await give(id, { userId: bob.user.id, access: 'read' });
  const share = first.json();
  expect([first.statusCode, first.headers.location]).toEqual([201, `/v1/tasks/${id}/shares/${share.id}`]);
  expect(share).toMatchObject({
    ...{ userId: bob.user.id, email: null, access: 'read', status: 'active' },
    person: { id: bob.user.id, name: 'Bob' },
  });
  const again = await give(id, { email: bob.email.toUpperCase(), access: 'write' });
  expect([again.statusCode, again.json()]).toMatchObject([200, { id: share.id, access: 'write' }]);
  const { items, nextCursor } = (await as(ada, 'GET', `/v1/tasks/${id}/shares`)).json();
  expect([items.length, items[0].id, nextCursor]).toEqual([1, share.id, null]);
  const told = (await publishedEvents(t.platform, 'task.shared')).filter(({ taskId }) => taskId === id);
  expect(told).toEqual([{ userId: bob.user.id, taskId: id, title: 'Graphs', by: 'Ada', access: 'read' }]);
  const changed = await as(ada, 'PATCH', `/v1/tasks/${id}/shares/${share.id}`, { access: 'comment' });
  expect([changed.statusCode, changed.json().access]).toEqual([200, 'comment']);
});

test('what cannot be shared, and with whom it cannot', async () => {
  const { id } = await made();
  const cases: [object, number, string][] = [
    [{ userId: newId(), access: 'read' }, 404, 'user-not-found'],
    [{ userId: ada.user.id, access: 'read' }, 422, 'share-with-owner'],
    [{ email: ada.email.toUpperCase(), access: 'read' }, 422, 'share-with-owner'],
    [{ userId: bob.user.id, email: bob.email, access: 'read' }, 400, 'validation-failed'],
    [{ access: 'read' }, 400, 'validation-failed'],
    [{ userId: bob.user.id }, 400, 'validation-failed'],
    [{ userId: bob.user.id, access: 'owner' }, 400, 'validation-failed'],
    [{ userId: 7, access: 'read' }, 400, 'validation-failed'],
    [{ email: ['a@example.com'], access: 'read' }, 400, 'validation-failed'],
    [{ email: 'nobody', access: 'read' }, 400, 'validation-failed'],
    [{ email: 'a\u0000@example.com', access: 'read' }, 400, 'validation-failed'],
    [{ userId: bob.user.id, access: 'read', createdBy: eve.user.id }, 400, 'validation-failed'],
  ];
  for (const [body, status, type] of cases) {
    const answer = await give(id, body);
    expect([body, answer.statusCode, slug(answer)]).toEqual([body, status, type]);
  }
  expect((await as(ada, 'GET', `/v1/tasks/${id}/shares`)).json().items).toEqual([]);
  expect((await give(newId(), { userId: bob.user.id, access: 'read' })).statusCode).toBe(404);
});

test('reading: the task, its list and files, but not its reminders; nothing may be changed', async () => {
  const dueDate = new Date(Date.now() + 86_400_000).toISOString();
  const task = await made({ dueDate });
  const path = `/v1/tasks/${task.id}`;
  expect(task.reminders).toHaveLength(1);
  expect((await as(bob, 'GET', path)).statusCode).toBe(404);
  await give(task.id, { userId: bob.user.id, access: 'read' });
  const seen = (await as(bob, 'GET', path)).json();
  expect(seen).toEqual({ ...task, reminders: [], ownerId: ada.user.id, access: 'read' });
  const list = (await as(bob, 'GET', '/v1/tasks?shared=1')).json().items;
  expect(list.find(({ id }: { id: string }) => id === task.id)).toEqual(seen);
  expect((await as(bob, 'GET', '/v1/tasks')).json().items).toEqual([]);
  expect((await as(ada, 'GET', '/v1/tasks?shared=1')).json().items).toEqual([]);
  expect((await as(bob, 'GET', `${path}/attachments`)).json().items).toEqual([]);
  expect((await as(bob, 'GET', `${path}/reminders`)).statusCode).toBe(404);
  const refused: [Method, string, object?][] = [
    ['PATCH', path, { title: 'Mine' }],
    ['PUT', path, { title: 'Mine' }],
    ['DELETE', path],
    ['POST', `${path}/complete`],
    ['POST', `${path}/reopen`],
    ['POST', `${path}/undo`],
    ['POST', `${path}/move`, { before: newId() }],
    ['POST', `${path}/attachments`],
    ['GET', `${path}/shares`],
    ['POST', `${path}/shares`, { userId: eve.user.id, access: 'read' }],
    ['PATCH', `${path}/shares/${newId()}`, { access: 'read' }],
    ['DELETE', `${path}/shares/${newId()}`],
  ];
  for (const [method, url, body] of refused) {
    const mine = await as(bob, method, url, body);
    expect([method, url, mine.statusCode, slug(mine)]).toEqual([method, url, 403, 'task-forbidden']);
    expect([method, url, (await as(eve, method, url, body)).statusCode]).toEqual([method, url, 404]);
  }
  await as(ada, 'DELETE', path);
  expect((await as(bob, 'GET', path)).statusCode).toBe(404);
  expect((await as(bob, 'GET', '/v1/tasks?shared=1&deleted=1')).json().items).toEqual([]);
});

test('writing is as the owner would, and shows nothing else of theirs', async () => {
  const [task, secret] = [await made(), await made({ title: 'Secret' })];
  const path = `/v1/tasks/${task.id}`;
  await give(task.id, { userId: bob.user.id, access: 'write' });
  const stale = await as(bob, 'PATCH', path, { title: 'Trees' }, { 'if-match': '"9"' });
  expect(stale.statusCode).toBe(412);
  const changed = await as(bob, 'PATCH', path, { title: 'Trees' }, { 'if-match': '"1"' });
  expect(changed.json()).toMatchObject({ title: 'Trees', version: 2, access: 'write', ownerId: ada.user.id });
  expect((await as(bob, 'PUT', path, { title: 'Woods' })).json().title).toBe('Woods');
  expect((await as(bob, 'POST', `${path}/complete`)).json().status).toBe('completed');
  expect((await as(bob, 'POST', `${path}/reopen`)).json().status).toBe('todo');
  for (const body of [{ parentId: secret.id }, { parentId: newId() }]) {
    expect((await as(bob, 'PATCH', path, body)).statusCode).toBe(404);
  }
  expect((await as(bob, 'POST', `${path}/move`, { before: secret.id })).statusCode).toBe(404);
  expect((await as(ada, 'POST', `${path}/move`, { before: secret.id })).statusCode).toBe(200);
  expect((await as(bob, 'GET', `${path}/shares`)).json().items).toHaveLength(1);
  expect((await give(task.id, { userId: eve.user.id, access: 'read' }, bob)).statusCode).toBe(403);
  expect((await as(bob, 'DELETE', path)).statusCode).toBe(403);
  expect((await as(ada, 'GET', path)).json()).toMatchObject({ title: 'Woods', status: 'todo' });
});

test('whoever sees an occurrence sees the next', async () => {
  const recurrence = { rrule: 'FREQ=DAILY', anchor: 'due' };
  const task = await made({ dueDay: '2099-01-01', recurrence });
  await give(task.id, { userId: eve.user.id, access: 'write' });
  await as(eve, 'POST', `/v1/tasks/${task.id}/complete`);
  const { items } = (await as(eve, 'GET', '/v1/tasks?shared=1')).json();
  expect(items.map(({ dueDay, status }: Record<string, string>) => [dueDay, status])).toEqual([
    ['2099-01-02', 'todo'],
    ['2099-01-01', 'completed'],
  ]);
});

test('files are read by those it is shared with, and deleted by its owner', async () => {
  const { id } = await made();
  const form = new FormData();
  form.append('files', new Blob(['hello'], { type: 'text/plain' }), 'a.txt');
  const { body, headers } = await new Response(form).bytes().then((bytes) => {
    const type = new Response(form).headers.get('content-type') as string;
    return { body: bytes, headers: { 'content-type': type } };
  });
  const boundary = Buffer.from(body).toString().slice(2).split('\r\n')[0];
  const upload = await t.app.inject({
    ...{ method: 'POST', url: `/v1/tasks/${id}/attachments`, payload: Buffer.from(body) },
    headers: { ...ada.headers, ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
  });
  const file = upload.json().items[0].url;
  expect((await as(bob, 'GET', file)).statusCode).toBe(404);
  await give(id, { userId: bob.user.id, access: 'read' });
  expect([(await as(bob, 'GET', file)).body, (await as(eve, 'GET', file)).statusCode]).toEqual([
    'hello',
    404,
  ]);
  expect((await as(bob, 'DELETE', file)).statusCode).toBe(403);
  expect((await as(eve, 'DELETE', file)).statusCode).toBe(404);
  expect((await as(ada, 'DELETE', file)).statusCode).toBe(204);
});

test('an address with an account looks like one without until its owner opens it', async () => {
  const { id } = await made();
  const stranger = fresh();
  const [known, unknown] = [
    (await give(id, { email: bob.email, access: 'read' })).json(),
    (await give(id, { email: stranger, access: 'read' })).json(),
  ];
  const told = { userId: null, person: null, status: 'pending', access: 'read' };
  expect(known).toMatchObject({ ...told, email: bob.email });
  expect(unknown).toMatchObject({ ...told, email: stranger.toLowerCase() });
  const shares = async () => (await as(ada, 'GET', `/v1/tasks/${id}/shares`)).json().items;
  expect(await shares()).toEqual([known, unknown]);
  expect((await as(bob, 'GET', `/v1/tasks/${id}`)).statusCode).toBe(200);
  expect((await shares())[0]).toMatchObject({
    userId: bob.user.id,
    status: 'active',
    person: { name: 'Bob' },
  });
  const invited = await publishedEvents(t.platform, 'share.invited');
  expect(invited.filter(({ to }) => to === stranger.toLowerCase())[0]).toMatchObject({
    what: 'task',
    by: 'Ada',
  });
});

test('whoever registers with an address, or changes to it, gets what was shared with it', async () => {
  const { id } = await made();
  const [address, revoked, own] = [fresh(), fresh(), await made()];
  await give(id, { email: address, access: 'write' });
  const { id: shareId } = (await give(own.id, { email: revoked, access: 'read' })).json();
  expect((await as(ada, 'DELETE', `/v1/tasks/${own.id}/shares/${shareId}`)).statusCode).toBe(204);
  const dora = await signUp(t, { email: address.toLowerCase() });
  const seen = async (who: SignedUp, taskId: string) =>
    (await as(who, 'GET', `/v1/tasks/${taskId}`)).statusCode;
  await waitFor(async () => (await seen(dora, id)) === 200);
  const late = await signUp(t, { email: revoked });
  expect(await seen(late, own.id)).toBe(404);
});

test('a share belongs to its task; who it is with may leave it', async () => {
  const [one, other] = [await made(), await made()];
  const { id: shareId } = (await give(one.id, { userId: bob.user.id, access: 'read' })).json();
  const wrong = await as(ada, 'DELETE', `/v1/tasks/${other.id}/shares/${shareId}`);
  expect([wrong.statusCode, slug(wrong)]).toEqual([404, 'share-not-found']);
  const patched = await as(ada, 'PATCH', `/v1/tasks/${other.id}/shares/${shareId}`, { access: 'write' });
  expect([patched.statusCode, slug(patched)]).toEqual([404, 'share-not-found']);
  expect((await as(eve, 'DELETE', `/v1/tasks/${one.id}/shares/${shareId}`)).statusCode).toBe(404);
  expect((await as(bob, 'DELETE', `/v1/tasks/${one.id}/shares/${bob.user.id}`)).statusCode).toBe(204);
  expect((await as(bob, 'GET', `/v1/tasks/${one.id}`)).statusCode).toBe(404);
});

test('the same key shares once; another body under it is refused', async () => {
  const { id } = await made();
  const key = { 'idempotency-key': randomUUID() };
  const url = `/v1/tasks/${id}/shares`;
  const body = { userId: bob.user.id, access: 'read' };
  const answers = await Promise.all([1, 2, 3].map(() => as(ada, 'POST', url, body, key)));
  expect(new Set(answers.map((answer) => `${answer.statusCode} ${answer.json().id}`)).size).toBe(1);
  expect((await as(ada, 'POST', url, { ...body, access: 'write' }, key)).statusCode).toBe(422);
});

async function fill(taskId: string, count: number): Promise<void> {
  await t.platform.database.pool.query(
    `INSERT INTO tasks.task_shares (id, task_id, email, access, created_by, created_at, updated_at)
     SELECT gen_random_uuid(), $1, n || '@example.com', 'read', $2, now(), now() FROM generate_series(1, $3::int) n`,
    [taskId, ada.user.id, count],
  );
}

test('50 at once share no more than there is room for, and with one person once', async () => {
  const [full, one] = [await made(), await made()];
  await fill(full.id, MAX_SHARES - 5);
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => give(full.id, { email: `race-${n}@example.com`, access: 'read' })),
  );
  const counted = Object.groupBy(answers, ({ statusCode }) => statusCode);
  expect([counted[201]?.length, counted[422]?.length]).toEqual([5, 45]);
  expect(new Set(counted[422]?.map(slug))).toEqual(new Set(['share-limit']));
  const same = await Promise.all(
    Array.from({ length: 50 }, () => give(one.id, { userId: eve.user.id, access: 'read' })),
  );
  expect(new Set(same.map((answer) => answer.json().id)).size).toBe(1);
  expect(same.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1);
});

test('a day has an end, and so have mails to one address', async () => {
  const zoe = await signUp(t);
  const task = await made({}, zoe);
  const address = fresh().toLowerCase();
  for (let n = 0; n < 5; n += 1) {
    const { id } = (await give(task.id, { email: address, access: 'read' }, zoe)).json();
    await as(zoe, 'DELETE', `/v1/tasks/${task.id}/shares/${id}`);
  }
  const invited = await publishedEvents(t.platform, 'share.invited');
  const { listeners } = events['share.invited'];
  expect(invited.filter(({ to }) => to === address)).toHaveLength(3 * listeners.length);
  await t.platform.database.pool.query(
    `INSERT INTO tasks.share_sends (id, sharer_id, recipient_hash, sent_at)
     SELECT gen_random_uuid(), $1, n::text, now() - interval '1 hour' FROM generate_series(1, $2::int) n`,
    [zoe.user.id, MAX_SHARES_PER_DAY - 5],
  );
  const refused = await give(task.id, { email: address, access: 'read' }, zoe);
  expect([refused.statusCode, slug(refused)]).toEqual([429, 'share-rate']);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
});
