import type { AddressInfo } from 'node:net';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { authService } from '@spacedly/auth';
import { type SignedUp, signUp, type TestApp, testApp } from '@spacedly/kit/testing';
import { buildApp } from 'fauxqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formOf } from '../fixtures/files.ts';
import { tasksService } from '../index.ts';

let t: TestApp;
let person: SignedUp;
const server = buildApp({ logger: false });
beforeAll(async () => {
  await server.listen({ host: '127.0.0.1', port: 0 });
  const endpoint = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  await client.send(new CreateBucketCommand({ Bucket: 'files' }));
  const config = {
    STORAGE: 's3',
    S3_BUCKET: 'files',
    S3_ENDPOINT: endpoint,
    S3_ACCESS_KEY_ID: 'test',
    S3_SECRET_ACCESS_KEY: 'test',
  } as const;
  t = await testApp([authService, tasksService], { background: false, config });
  person = await signUp(t);
});
afterAll(async () => {
  await t.close();
  await server.close();
});

const ask = (method: 'GET' | 'POST', url: string, payload?: unknown, headers: Record<string, string> = {}) =>
  t.app.inject({ method, url, payload: payload as object, headers: { ...person.headers, ...headers } });

test('a bucket gives the file itself: the owner is sent there, nobody else', async () => {
  const { id: taskId } = (await ask('POST', '/v1/tasks', { title: 'x' })).json();
  const form = await formOf([{ name: 'naïve.txt', bytes: 'content' }]);
  const made = await ask('POST', `/v1/tasks/${taskId}/attachments`, form.payload, form.headers);
  expect(made.statusCode).toBe(201);
  const { url } = made.json().items[0];
  const answer = await ask('GET', url);
  expect([answer.statusCode, answer.headers['cache-control']]).toEqual([302, 'private, no-store']);
  const location = new URL(answer.headers.location as string);
  expect(location.searchParams.get('response-content-disposition')).toMatch(/^attachment; .*na%C3%AFve/);
  const file = await fetch(location);
  expect([file.status, await file.text()]).toEqual([200, 'content']);
  person = await signUp(t);
  expect((await ask('GET', url)).statusCode).toBe(404);
});
