import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authService } from '@spacedly/auth';
import { logOptions } from '@spacedly/kit';
import ICAL from 'ical.js';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openScene, type Scene } from '../fixtures/person.ts';
import { tasksService } from '../index.ts';

let scene: Scene;
const lines: string[] = [];
const log = pino(logOptions({ LOG_LEVEL: 'trace' }, 'test'), {
  write: (line: string) => void lines.push(line),
});
beforeAll(async () => {
  scene = await openScene([authService, tasksService], Date.parse('2027-03-03T10:00:00.000Z'), { log });
});
afterAll(() => scene.t.close());
beforeEach(async () => {
  await scene.newPerson();
});

const ask: Scene['ask'] = (...args) => scene.ask(...args);
const add = async (body: object) => (await ask('POST', '/v1/tasks', { title: 'x', ...body })).json();
const makeFeed = async () => (await ask('POST', '/v1/calendar/feed')).json();
const pathOf = (feed: { url: string }) => new URL(feed.url).pathname;
const read = (path: string, headers: Record<string, string> = {}) =>
  scene.t.app.inject({ url: path, headers });
const open = (text: string) => new ICAL.Component(ICAL.parse(text));

/** Nasty titles: what iCalendar escapes, folds and forbids. */
const EVIL = `Commas, semicolons; back\\slash "quotes" 🧠 ${'é'.repeat(100)}\r\nEND:VEVENT\nX\u0007`;

async function fill() {
  const timed = await add({ title: EVIL, dueDate: '2027-04-10T07:00:00.000Z', estimateMinutes: 45 });
  const winter = await add({ title: 'Winter', dueDate: '2027-12-10T08:00:00.000Z', priority: 'high' });
  const allDay = await add({ title: 'All day', dueDay: '2027-03-28', category: 'Maths' });
  await ask('POST', `/v1/tasks/${winter.id}/complete`);
  const scheduledAt = '2027-04-10T06:00:00.000Z';
  const reminder = (await ask('POST', '/v1/reminders', { taskId: timed.id, scheduledAt })).json();
  const review = (await ask('POST', '/v1/reviews', { taskId: allDay.id })).json();
  const exam = (await ask('PUT', '/v1/exams', { name: 'Finals', day: '2027-05-20', label: 'a' })).json();
  return { timed, winter, allDay, reminder, review, exam };
}

test('the secret address is shown again, replaced and ended', async () => {
  expect((await ask('GET', '/v1/calendar/feed')).statusCode).toBe(404);
  expect((await ask('DELETE', '/v1/calendar/feed')).statusCode).toBe(404);
  const made = await ask('POST', '/v1/calendar/feed');
  expect([made.statusCode, made.headers.location]).toEqual([201, '/v1/calendar/feed']);
  const feed = made.json();
  expect(feed.url).toMatch(/^http:\/\/localhost:3000\/v1\/calendar\/[\w-]{43}\.ics$/);
  expect((await ask('GET', '/v1/calendar/feed')).json()).toEqual(feed);
  expect((await read(pathOf(feed))).statusCode).toBe(200);
  const next = await makeFeed();
  expect(next.url).not.toBe(feed.url);
  expect((await read(pathOf(feed))).statusCode).toBe(404);
  expect((await read(pathOf(next))).statusCode).toBe(200);
  expect((await ask('DELETE', '/v1/calendar/feed')).statusCode).toBe(204);
  expect((await read(pathOf(next))).statusCode).toBe(404);
});

test('a repeated key makes one address', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => ask('POST', '/v1/calendar/feed', undefined, key)),
  );
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
});

test('the database holds no token, and the log none either', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const feed = (await ask('POST', '/v1/calendar/feed', undefined, key)).json();
  const token = pathOf(feed).slice('/v1/calendar/'.length, -'.ics'.length);
  await read(pathOf(feed));
  await read(`${pathOf(feed)}?as=nonsense`);
  await read(pathOf(feed).replace('.ics', '.icx'));
  await read(`${pathOf(feed)}/more`);
  expect(lines.some((line) => line.includes('/v1/calendar/:token.ics'))).toBe(true);
  expect(lines.join('')).not.toContain(token);
  const { pool } = scene.t.platform.database;
  for (const table of ['calendar_feeds', 'idempotency_keys']) {
    const { rows } = await pool.query(`SELECT row_to_json(t)::text AS row FROM tasks.${table} AS t`);
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows) expect(row).not.toContain(token);
  }
});

test('a wrong address is 404, whatever it looks like', async () => {
  for (const token of ['a', 'A'.repeat(43), 'A'.repeat(100), '..%2f..%2fetc', '%00', "'--"]) {
    expect((await read(`/v1/calendar/${token}.ics`)).statusCode).toBe(404);
  }
  expect((await read(`/v1/calendar/${'A'.repeat(101)}.ics`)).statusCode).toBe(400);
  const feed = await makeFeed();
  expect((await read(`${pathOf(feed)}?as=journal`)).statusCode).toBe(400);
  expect((await read(`${pathOf(feed)}?key=1`)).statusCode).toBe(400);
});

test('ical.js reads the events back, in the zone of the person across DST', async () => {
  await scene.moveTo('Europe/Berlin');
  const { timed, winter, allDay, reminder, review, exam } = await fill();
  const answer = await read(pathOf(await makeFeed()));
  expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
  const text = answer.body;
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  for (const forbidden of ['\r', '\n', '\u0007']) {
    expect(text.replaceAll('\r\n', '')).not.toContain(forbidden);
  }
  const calendar = open(text);
  const [zone] = calendar.getAllSubcomponents('vtimezone');
  expect(zone?.getFirstPropertyValue('tzid')).toBe('Europe/Berlin');
  expect(String(calendar.getFirstPropertyValue('refresh-interval'))).toBe('PT1H');
  ICAL.TimezoneService.register(zone as ICAL.Component);
  const events = new Map(
    calendar.getAllSubcomponents('vevent').map((component) => {
      const event = new ICAL.Event(component);
      return [event.uid, event] as const;
    }),
  );
  ICAL.TimezoneService.reset();
  expect([...events.keys()].sort()).toEqual(
    [
      `task-${timed.id}@spacedly`,
      `task-${winter.id}@spacedly`,
      `task-${allDay.id}@spacedly`,
      `reminder-${reminder.id}@spacedly`,
      `review-${review.id}@spacedly`,
      `exam-${exam.id}@spacedly`,
    ].sort(),
  );
  const event = (uid: string) => events.get(`${uid}@spacedly`) as ICAL.Event;
  const first = event(`task-${timed.id}`);
  expect(first.summary).toBe(EVIL.replace('\r\n', ' ').replace('\n', ' ').replace('\u0007', ' '));
  expect(first.startDate.toString()).toBe('2027-04-10T09:00:00');
  expect(first.startDate.toJSDate().toISOString()).toBe('2027-04-10T07:00:00.000Z');
  expect(first.endDate.toJSDate().toISOString()).toBe('2027-04-10T07:45:00.000Z');
  expect(event(`task-${winter.id}`).startDate.toJSDate().toISOString()).toBe('2027-12-10T08:00:00.000Z');
  expect(event(`task-${winter.id}`).summary).toBe('✓ Winter');
  const day = event(`task-${allDay.id}`).startDate;
  expect([day.isDate, day.toString()]).toEqual([true, '2027-03-28']);
  expect(event(`exam-${exam.id}`).summary).toBe('Exam: Finals');
  for (const each of events.values()) {
    const stamp = each.component.getFirstPropertyValue('dtstamp') as ICAL.Time;
    expect(String(stamp)).toMatch(/Z$/);
  }
});

test('?as=todo gives to-dos with their status', async () => {
  await scene.moveTo('America/New_York');
  const { timed, winter, allDay } = await fill();
  const answer = await read(`${pathOf(await makeFeed())}?as=todo`);
  const calendar = open(answer.body);
  expect(calendar.getAllSubcomponents('vevent')).toEqual([]);
  expect(calendar.getAllSubcomponents('vtimezone')).toHaveLength(1);
  const todos = new Map(
    calendar.getAllSubcomponents('vtodo').map((todo) => [String(todo.getFirstPropertyValue('uid')), todo]),
  );
  const todo = (id: string) => todos.get(`task-${id}@spacedly`) as ICAL.Component;
  expect(todo(winter.id).getFirstPropertyValue('status')).toBe('COMPLETED');
  expect(todo(timed.id).getFirstPropertyValue('status')).toBe('NEEDS-ACTION');
  const due = todo(timed.id).getFirstProperty('due');
  expect([String(due?.getFirstValue()), due?.getParameter('tzid')]).toEqual([
    '2027-04-10T03:00:00',
    'America/New_York',
  ]);
  expect(String(todo(allDay.id).getFirstPropertyValue('due'))).toBe('2027-03-28');
  expect(todo(allDay.id).getFirstProperty('dtstart')).toBeNull();
});

test('unchanged is 304; a change is seen; ids stay', async () => {
  const { timed } = await fill();
  const path = pathOf(await makeFeed());
  const first = await read(path);
  const etag = first.headers.etag as string;
  for (const tag of [etag, etag.replace('W/', ''), `"x", ${etag}`]) {
    const again = await read(path, { 'if-none-match': tag });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  }
  await ask('PATCH', `/v1/tasks/${timed.id}`, { title: 'Another title' });
  const changed = await read(path, { 'if-none-match': etag });
  expect(changed.statusCode).toBe(200);
  const uids = (text: string) => text.match(/^UID:.*$/gm)?.sort();
  expect(uids(changed.body)).toEqual(uids(first.body));
  expect(changed.body).toContain('Another title');
  const [todo, zipped] = [await read(`${path}?as=todo`), await read(path, { 'accept-encoding': 'gzip' })];
  expect(todo.headers.etag).not.toBe(changed.headers.etag);
  expect(zipped.headers.etag).toBe(changed.headers.etag);
});

test.each(['Asia/Calcutta', 'UTC', 'America/St_Johns', 'Australia/Lord_Howe', 'Etc/GMT+5'])(
  'every instant stays the same in %s',
  async (timeZone) => {
    await scene.moveTo(timeZone);
    await add({ title: 'x', dueDate: '2027-07-01T06:15:00.000Z' });
    const calendar = open((await read(pathOf(await makeFeed()))).body);
    const [zone] = calendar.getAllSubcomponents('vtimezone');
    const [component] = calendar.getAllSubcomponents('vevent');
    const begin = component?.getFirstProperty('dtstart') as ICAL.Property;
    const time = begin.getFirstValue() as ICAL.Time;
    expect(begin.getParameter('tzid')).toBe(zone?.getFirstPropertyValue('tzid'));
    time.zone = new ICAL.Timezone({
      component: zone as ICAL.Component,
      tzid: String(begin.getParameter('tzid')),
    });
    expect(time.toJSDate().toISOString()).toBe('2027-07-01T06:15:00.000Z');
  },
);

const PYTHON = '/usr/bin/python3';
const hasIcalendar = spawnSync(PYTHON, ['-c', 'import icalendar']).status === 0;
const hasKhal = spawnSync('khal', ['--version']).status === 0;

test.skipIf(!hasIcalendar)('python3-icalendar reads it (skipped where it is not installed)', async () => {
  await scene.moveTo('Europe/Berlin');
  await fill();
  const { body } = await read(pathOf(await makeFeed()));
  const program = `
import sys, icalendar
calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
for event in calendar.walk('VEVENT'):
    print(event.get('uid').split('-')[0], event.decoded('dtstart').isoformat())`;
  const printed = execFileSync(PYTHON, ['-c', program], { input: body, encoding: 'utf8' });
  expect(printed.trim().split('\n').sort()).toEqual([
    'exam 2027-05-20',
    'reminder 2027-04-10T08:00:00+02:00',
    'review 2027-03-03',
    'task 2027-03-28',
    'task 2027-04-10T09:00:00+02:00',
    'task 2027-12-10T09:00:00+01:00',
  ]);
});

test.skipIf(!hasKhal)('khal shows it (skipped where it is not installed)', async () => {
  await scene.moveTo('Europe/Berlin');
  await fill();
  const { body } = await read(pathOf(await makeFeed()));
  const folder = mkdtempSync(join(tmpdir(), 'khal-'));
  const file = join(folder, 'feed.ics');
  writeFileSync(file, body);
  const config = join(folder, 'config');
  writeFileSync(
    config,
    `[calendars]\n[[feed]]\npath = ${folder}\n[locale]\nlocal_timezone = Europe/Berlin\n`,
  );
  const printed = execFileSync('khal', ['-c', config, 'printics', file], {
    encoding: 'utf8',
    env: { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8', PYTHONPATH: '' },
  });
  expect(printed).toContain('All day');
  expect(printed).toContain('Exam: Finals');
});
