import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { Reminder, Task } from '@spacedly/contracts';
import { expect, inject, test } from 'vitest';
import { createClient } from '../harness/client.ts';
import { scrape, sum } from '../harness/scrape.ts';
import { waitFor } from '../harness/wait.ts';

const url = inject('systemUrl');
const client = createClient(url);
const services = inject('serviceUrls');

test('Prometheus reads the text format, this machine needs no token while developing', async () => {
  const answer = await client.send<string>('/metrics');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  for (const name of [
    'process_cpu_seconds_total',
    'nodejs_eventloop_lag_p99_seconds',
    'spacedly_disk_free_bytes',
  ])
    expect(answer.body).toMatch(new RegExp(`^${name} `, 'm'));
});

test.each([
  { 'x-forwarded-for': '203.0.113.7' },
  { forwarded: 'for=203.0.113.7' },
  { via: '1.1 proxy' },
  { host: 'plan.example.com' },
  { host: 'localhost.evil.example' },
])('whoever comes through a proxy, or under another name, sees nothing: %j', async (headers) => {
  const { hostname, port } = new URL(url);
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const asked = request({
      hostname,
      port,
      path: '/metrics',
      headers: { host: `localhost:${port}`, ...headers },
    });
    asked.once('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.once('error', reject).end();
  });
  expect(status).toBe(404);
});

test('requests are counted once each, under the template of their route', async () => {
  const ada = await client.signUp();
  // A route that no other test asks for.
  const id = randomUUID();
  const labels = { method: 'GET', route: '/v1/exams/:examId', status_code: '404' };
  const before = sum(await scrape(services.tasks), 'http_requests_total', labels);
  for (let round = 0; round < 3; round += 1) await client.send(`/v1/exams/${id}`, { headers: ada.headers });
  const after = await waitFor(
    async () => {
      const samples = await scrape(services.tasks);
      return sum(samples, 'http_requests_total', labels) >= before + 3 && samples;
    },
    2_000,
    'three more requests',
  );
  expect(sum(after, 'http_requests_total', labels)).toBe(before + 3);
  expect(sum(after, 'http_request_duration_seconds_count', labels)).toBe(before + 3);
  expect(sum(after, 'spacedly_db_pool_max')).toBeGreaterThan(1);
  expect(JSON.stringify(after)).not.toContain(id);
});

test('10,000 addresses and every method make no labels of their own', { timeout: 90_000 }, async () => {
  const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'PROPFIND', 'PURGE', 'LOCK'];
  const paths = (index: number) => [
    `/nowhere/${index}`,
    `/v1/tasks/${index}/x`,
    `/v1/auth/${index}`,
    `/v1/unknown-${index}`,
    `/%zz${index}`,
    `/${index}?token=${index}`,
  ];
  const hammer = async (from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      const method = methods[index % methods.length] as string;
      const path = paths(index)[index % 6] as string;
      await fetch(url + path, { method }).then((answer) => answer.arrayBuffer());
    }
  };
  await Promise.all(Array.from({ length: 10 }, (_, part) => hammer(part * 1_000, (part + 1) * 1_000)));
  const samples = await scrape(url);
  const valuesOf = (label: string) => [...new Set(samples.flatMap(({ labels }) => labels[label] ?? []))];
  expect(valuesOf('route').filter((route) => /nowhere|unknown-|%zz|\?|\/\d+(\/|$)/.test(route))).toEqual([]);
  expect(valuesOf('method').filter((method) => !methods.slice(0, 7).includes(method))).toEqual(['other']);
});

test('jobs, messages and the lateness of reminders', async () => {
  const ada = await client.signUp();
  const send = (path: string, json: object) =>
    client.send<Task & Reminder>(path, { method: 'POST', headers: ada.headers, json });
  const { body: task } = await send('/v1/tasks', { title: 'Remind me' });
  const lateness = async () => sum(await scrape(services.tasks), 'spacedly_reminder_lateness_seconds_count');
  const mails = async () =>
    sum(await scrape(services.notifications), 'spacedly_messages_total', {
      channel: 'email',
      result: 'sent',
    });
  const [lateBefore, mailsBefore] = [await lateness(), await mails()];
  const scheduledAt = new Date(Date.now() + 2_000).toISOString();
  await send('/v1/reminders', { taskId: task.id, scheduledAt, type: 'email' });
  await waitFor(async () => (await lateness()) > lateBefore, 12_000, 'the lateness of the reminder');
  await waitFor(async () => (await mails()) > mailsBefore, 10_000, 'the mail to be counted');
  // Other tests have reminders too, one of which may be due in this very moment.
  const overdue = async () => sum(await scrape(services.tasks), 'spacedly_reminder_overdue_seconds');
  await waitFor(async () => (await overdue()) === 0, 10_000, 'a moment without a reminder that is overdue');
  const ofNotifications = await scrape(services.notifications);
  const queues = ofNotifications
    .filter(({ name }) => name === 'spacedly_jobs')
    .map(({ labels }) => labels.queue);
  expect(queues).toEqual(expect.arrayContaining(['delivery', 'delivery.dead', 'events.notifications']));
  const labels = { queue: 'delivery', result: 'completed' };
  // The mail is counted before its job is over.
  await waitFor(
    async () => sum(await scrape(services.notifications), 'spacedly_job_duration_seconds_count', labels) > 0,
    10_000,
    'the end of the job',
  );
});

/** What a text of PromQL asks for, by the names of the metrics themselves. */
const metricsIn = (text: string) =>
  new Set(
    [...text.matchAll(/\b((?:spacedly|http|nodejs|process)_[a-z0-9_]+?)(?:_bucket)?\b(?=[ {[)])/g)].map(
      ([, name]) => name,
    ),
  );

test('what the alerts and the dashboard ask for is counted', async () => {
  const read = (path: string) => readFile(new URL(`../../deploy/${path}`, import.meta.url), 'utf8');
  const dashboard = JSON.parse(await read('grafana/spacedly.json'));
  const asked = dashboard.panels.flatMap(({ targets }: { targets: { expr: string }[] }) =>
    targets.map(({ expr }) => `${expr} `),
  );
  const names = metricsIn([await read('prometheus/rules.yml'), ...asked].join('\n'));
  expect(names.size).toBeGreaterThan(12);
  const texts = await Promise.all(
    [url, ...Object.values(services)].map(async (from) => (await fetch(`${from}/metrics`)).text()),
  );
  const counted = new Set([...texts.join('\n').matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name));
  expect([...names].filter((name) => !counted.has(name))).toEqual([]);
});
