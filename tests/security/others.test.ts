import { expect, inject, test } from 'vitest';
import type { Person } from '../harness/client.ts';
import { createPeople } from './people.ts';

const { send, signUp } = createPeople(inject('systemUrl'));

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

async function make(person: Person, path: string, json: object, method = 'POST'): Promise<string> {
  const made = await send<{ id: string }>(path, { method, json, headers: person.headers });
  expect(made.status, path).toBe(201);
  return made.body.id;
}

async function possessions(person: Person) {
  const task = await make(person, '/v1/tasks', { title: 'Mine', dueDate: inAnHour() });
  const reminder = await make(person, '/v1/reminders', {
    taskId: task,
    type: 'email',
    scheduledAt: inAnHour(),
  });
  const review = await make(person, '/v1/reviews', { taskId: task });
  const day = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  const exam = await make(person, '/v1/exams', { name: 'Final', day, label: 'maths' }, 'PUT');
  const token = await make(person, '/v1/auth/tokens', { name: 'Script', scopes: ['tasks:read'] });
  const sessions = await send<{ items: { id: string }[] }>('/v1/auth/sessions', { headers: person.headers });
  const document = await make(person, '/v1/docs', { title: 'Mine' });
  const invited = { email: 'friend@example.com', access: 'read' };
  const share = await make(person, `/v1/docs/${document}/shares`, invited);
  const comment = await make(person, `/v1/docs/${document}/comments`, { content: 'Mine' });
  return {
    document,
    share,
    comment,
    task,
    reminder,
    review,
    exam,
    token,
    session: sessions.body.items[0]?.id as string,
  };
}

/** Everything a person sees of their own. */
async function seenBy({ headers }: Person, own: Awaited<ReturnType<typeof possessions>>) {
  const paths = [
    `/v1/tasks/${own.task}`,
    `/v1/tasks/${own.task}/reminders`,
    `/v1/reviews/${own.review}`,
    '/v1/exams',
    `/v1/docs/${own.document}`,
    `/v1/docs/${own.document}/shares`,
    `/v1/docs/${own.document}/comments`,
    '/v1/auth/tokens',
    '/v1/auth/sessions',
  ];
  const answers = await Promise.all(paths.map((path) => send(path, { headers })));
  expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
  // These depend on the moment of looking.
  return JSON.stringify(answers.map(({ body }) => body)).replaceAll(
    /"lastSeenAt":"[^"]+"|"next":\{[^}]+\}/g,
    '',
  );
}

test('the ids of others open nothing and change nothing', async () => {
  const [ada, eve] = [await signUp('Ada Example'), await signUp('Eve Example')];
  const own = await possessions(ada);
  const before = await seenBy(ada, own);
  const ofEve = await make(eve, '/v1/tasks', { title: 'Hers' });

  const attempts: [method: string, path: string, json?: object][] = [
    ['GET', `/v1/tasks/${own.task}`],
    ['PATCH', `/v1/tasks/${own.task}`, { title: 'Stolen' }],
    ['DELETE', `/v1/tasks/${own.task}`],
    ['POST', `/v1/tasks/${own.task}/complete`, {}],
    ['POST', `/v1/tasks/${own.task}/reopen`, {}],
    ['POST', `/v1/tasks/${own.task}/restore`, {}],
    ['POST', `/v1/tasks/${own.task}/undo`, {}],
    ['POST', `/v1/tasks/${own.task}/move`, {}],
    ['POST', '/v1/tasks', { title: 'Below hers', parentId: own.task }],
    ['PATCH', `/v1/tasks/${ofEve}`, { parentId: own.task }],
    ['GET', `/v1/tasks/${own.task}/reminders`],
    ['GET', `/v1/tasks/${own.task}/attachments`],
    ['GET', `/v1/tasks/${own.task}/shares`],
    ['POST', `/v1/tasks/${own.task}/shares`, { userId: eve.user.id, access: 'write' }],
    ['GET', `/v1/docs/${own.document}`],
    ['GET', `/v1/docs/${own.document}/shares`],
    ['POST', `/v1/docs/${own.document}/shares`, { userId: eve.user.id, access: 'write' }],
    ['PATCH', `/v1/docs/${own.document}/shares/${own.share}`, { access: 'write' }],
    ['DELETE', `/v1/docs/${own.document}/shares/${own.share}`],
    ['GET', `/v1/docs/${own.document}/comments`],
    ['POST', `/v1/docs/${own.document}/comments`, { content: 'Hers' }],
    ['PATCH', `/v1/docs/${own.document}/comments/${own.comment}`, { content: 'Hers' }],
    ['DELETE', `/v1/docs/${own.document}/comments/${own.comment}`],
    ['POST', '/v1/reminders', { taskId: own.task, type: 'email', scheduledAt: inAnHour() }],
    ['PATCH', `/v1/reminders/${own.reminder}`, { scheduledAt: inAnHour() }],
    ['DELETE', `/v1/reminders/${own.reminder}`],
    ['POST', `/v1/reminders/${own.reminder}/snooze`, { minutes: 10 }],
    ['GET', `/v1/reminders/${own.reminder}/timeline`],
    ['POST', '/v1/reviews', { taskId: own.task }],
    ['GET', `/v1/reviews/${own.review}`],
    ['POST', `/v1/reviews/${own.review}/grade`, { grade: 'again' }],
    ['POST', `/v1/reviews/${own.review}/undo`, {}],
    ['POST', `/v1/reviews/${own.review}/suspend`, {}],
    ['GET', `/v1/reviews/${own.review}/history`],
    ['DELETE', `/v1/reviews/${own.review}`],
    ['GET', `/v1/exams/${own.exam}`],
    ['DELETE', `/v1/exams/${own.exam}`],
    ['PATCH', `/v1/calendar/task/${own.task}`, { start: inAnHour() }],
    ['DELETE', `/v1/auth/tokens/${own.token}`],
    ['DELETE', `/v1/auth/sessions/${own.session}`],
    ['GET', `/v1/users/${ada.user.id}`],
    ['GET', `/v1/admin/users/${ada.user.id}`],
  ];
  const answers = await Promise.all(
    attempts.map(async ([method, path, json]) => {
      const options = { method, headers: eve.headers, ...(json && { json }) };
      return { path: `${method} ${path}`, answer: await send(path, options) };
    }),
  );
  // Not there, not allowed, or not even a request: never done, and never with a word of hers.
  const succeeded = answers.filter(({ answer }) => answer.status < 400).map(({ path }) => path);
  expect(succeeded).toEqual([]);
  expect(JSON.stringify(answers.map(({ answer }) => answer.body))).not.toMatch(/Mine|Final|Ada Example/);

  const bulk = { ids: [own.task], action: 'complete' };
  await send('/v1/tasks/bulk', { method: 'POST', json: bulk, headers: eve.headers });
  expect(await seenBy(ada, own)).toBe(before);
});

test('no answer shows a hash of a password or of a token', async () => {
  const person = await signUp();
  const paths = [
    '/v1/users/me',
    '/v1/auth/sessions',
    '/v1/auth/devices',
    '/v1/auth/tokens',
    '/v1/auth/events',
  ];
  for (const path of paths) {
    const { body } = await send(path, { headers: person.headers });
    expect(JSON.stringify(body)).not.toMatch(/hash|argon2|\$2[aby]\$|secret/i);
  }
});
