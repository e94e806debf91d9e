import type { MailboxMessage, Reminder, Task, TimelineEntry } from '@spacedly/contracts';
import { beforeAll, expect, inject, test } from 'vitest';
import { createClient, type Person } from '../harness/client.ts';
import { waitFor } from '../harness/wait.ts';

const client = createClient(inject('systemUrl'));
let ada: Person;
let task: Task;
let reminder: Reminder;
let mail: MailboxMessage;

const as = <T>(path: string, method = 'GET', json?: unknown) =>
  client.send<T>(path, { method, headers: ada.headers, ...(json !== undefined && { json }) });

/** Path of a link in the mail, by its label. */
function linkOf(label: string): string {
  const url = new URL(new RegExp(`^${label}: (\\S+)$`, 'm').exec(mail.text)?.[1] as string);
  return url.pathname + url.search;
}

beforeAll(async () => {
  ada = await client.signUp();
  task = (await as<Task>('/v1/tasks', 'POST', { title: 'Water the <plants>' })).body;
  const scheduledAt = new Date(Date.now() + 2_000).toISOString();
  const body = { taskId: task.id, scheduledAt, type: 'email' };
  reminder = (await as<Reminder>('/v1/reminders', 'POST', body)).body;
  mail = await waitFor(
    async () => (await client.mailbox(ada.email)).find(({ subject }) => subject.startsWith('Reminder')),
    12_000,
    'the mail of the reminder',
  );
});

test('the timeline of a reminder is told by two services as one', async () => {
  const timeline = await waitFor(
    async () => {
      const { body } = await as<{ items: TimelineEntry[] }>(`/v1/reminders/${reminder.id}/timeline`);
      return body.items.some(({ step }) => step === 'sent') && body.items;
    },
    5_000,
    'the end of the timeline',
  );
  expect(timeline.map(({ step }) => step)).toEqual(['created', 'due', 'queued', 'sent']);
});

test('one click unsubscribes without signing in; opening the link does not', async () => {
  const path = linkOf('Unsubscribe');
  const reminderMails = async () =>
    (await as<{ channels: { reminder: { email: boolean } } }>('/v1/notifications/preferences')).body.channels
      .reminder.email;
  const shown = await client.send<string>(path);
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(shown.body).toContain('<form method="post">');
  expect(await reminderMails()).toBe(true);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const clicked = await client.send(path, { method: 'POST', headers, body: 'List-Unsubscribe=One-Click' });
  expect(clicked.status).toBe(200);
  expect(await reminderMails()).toBe(false);
});

test('the button of a mail completes the task, and only when it is pressed', async () => {
  const path = linkOf('Done');
  const shown = await client.send<string>(path);
  expect(shown.body).toContain('Water the &lt;plants&gt;');
  expect((await as<Task>(`/v1/tasks/${task.id}`)).body.status).toBe('todo');
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await client.send(path, { method: 'POST', headers, body: '' })).status).toBe(200);
  expect((await as<Task>(`/v1/tasks/${task.id}`)).body.status).toBe('completed');
  expect((await client.send(`${path}x`, { method: 'POST', headers, body: '' })).status).toBe(410);
});

test('the internal routes of messages are nowhere to be found', async () => {
  for (const path of [
    `/internal/tasks/today/${ada.user.id}`,
    `/internal/tasks/week/${ada.user.id}`,
    `/internal/notifications/timeline/${ada.user.id}/${reminder.id}`,
  ]) {
    expect((await as(path)).status).toBe(404);
  }
});

test('jobs are for admins', async () => {
  const other = await client.signUp();
  for (const path of ['', '/sms', '/suppressions']) {
    const answer = await client.send(`/v1/admin/jobs${path}`, { headers: other.headers });
    expect(answer.status).toBe(403);
    expect((await client.send(`/v1/admin/jobs${path}`)).status).toBe(401);
  }
});
