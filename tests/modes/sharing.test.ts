import type { Comment, Document, Notification, Share, Task } from '@spacedly/contracts';
import { beforeAll, expect, inject, test } from 'vitest';
import { createClient, type Person } from '../harness/client.ts';
import { waitFor } from '../harness/wait.ts';

const client = createClient(inject('systemUrl'));
let ada: Person;
let bob: Person;
beforeAll(async () => {
  await client.signUp();
  [ada, bob] = await Promise.all([client.signUp('Ada'), client.signUp('Bob <b>')]);
});

const as = <T>({ headers }: Person, path: string, method = 'GET', json?: unknown) =>
  client.send<T>(path, { method, headers, ...(json !== undefined && { json }) });
const mailOf = (address: string, said: RegExp) =>
  waitFor(
    async () =>
      (await client.mailbox(address)).find(
        ({ channel, subject }) => channel === 'email' && said.test(subject),
      ),
    15_000,
    `a mail to ${address}`,
  );
const inboxOf = (who: Person, type: string) =>
  waitFor(
    async () =>
      (await as<{ items: Notification[] }>(who, '/v1/notifications')).body.items.find(
        (item) => item.type === type,
      ),
    15_000,
    `a notification of ${type}`,
  );

test('a document is shared and commented on; each hears of it in the app and by mail', async () => {
  const { body: document } = await as<Document>(ada, '/v1/docs', 'POST', { title: 'Graphs & <trees>' });
  const path = `/v1/docs/${document.id}`;
  const body = { email: bob.email.toUpperCase(), access: 'comment' };
  const made = await as<Share>(ada, `${path}/shares`, 'POST', body);
  expect([made.status, made.body.status, made.body.userId]).toEqual([201, 'pending', null]);
  expect(await inboxOf(bob, 'share')).toMatchObject({
    docId: document.id,
    title: 'Ada shared a document with you',
  });
  const mail = await mailOf(bob.email, /shared/);
  expect(mail.text).toMatch(new RegExp(`^Open the document: https?://\\S+/documents/${document.id}$`, 'm'));
  expect(mail.html).toContain('Graphs &amp; &lt;trees&gt;');
  expect((await as(ada, `/v1/users/${bob.user.id}`)).status).toBe(404);
  expect((await as<Document>(bob, path)).body.access).toBe('comment');
  expect((await as(ada, `/v1/users/${bob.user.id}`)).status).toBe(200);
  const said = await as<Comment>(bob, `${path}/comments`, 'POST', { content: 'Is this <right>?' });
  expect(said.status).toBe(201);
  expect(await inboxOf(ada, 'comment')).toMatchObject({ docId: document.id, body: 'Is this <right>?' });
  expect((await mailOf(ada.email, /commented/)).html).toContain('Is this &lt;right&gt;?');
});

test('a stranger is invited to a task, and not told its title', async () => {
  const { body: task } = await as<Task>(ada, '/v1/tasks', 'POST', { title: 'Secret plans' });
  const email = `stranger-${task.id}@example.com`;
  expect((await as(ada, `/v1/tasks/${task.id}/shares`, 'POST', { email, access: 'write' })).status).toBe(201);
  const mail = await mailOf(email, /shared a task/);
  expect(mail.text).toMatch(/\/sign-up$/m);
  expect(mail.text).not.toContain('Secret');
});
