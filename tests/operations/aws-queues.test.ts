import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { createApi } from '@spacedly/aws/api-handler';
import { createAuthorizer } from '@spacedly/aws/authorizer-handler';
import { createWorker } from '@spacedly/aws/worker-handler';
import { createTestDatabase, TEST_SECRET, type TestDatabase } from '@spacedly/kit/testing';
import type { APIGatewayRequestAuthorizerEventV2, SQSRecord } from 'aws-lambda';
import { buildApp } from 'fauxqs';
import { SignJWT } from 'jose';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Ask, context, httpEvent } from './fixtures/aws-events.ts';

const SETTINGS = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:spacedly/test/settings-AbCdEf';
const LOGIN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-0-AbCdEf';
/** Receives before a message is dead, as in deploy/aws/resources/messages.yml. */
const MAX_RECEIVES = 5;

let database: TestDatabase;
let env: Record<string, string>;
let queues: { work: string; dead: string };
let sqs: SQSClient;
let api: ReturnType<typeof createApi>;
const closing: (() => unknown)[] = [];

async function listen(server: { address(): unknown }): Promise<string> {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Secrets Manager as far as functions ask it. */
async function startSecrets(secrets: Record<string, string>): Promise<string> {
  const server = createServer(async (request, response) => {
    const { SecretId } = JSON.parse(await text(request));
    const found = secrets[SecretId];
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    if (found === undefined) response.writeHead(400);
    response.end(
      JSON.stringify(found === undefined ? { __type: 'ResourceNotFoundException' } : { SecretString: found }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return listen(server);
}

/** The topic, the queue behind it and its dead letter queue. */
async function startQueues(): Promise<{ topic: string; work: string; dead: string }> {
  const server = buildApp({ logger: false });
  await server.listen({ host: '127.0.0.1', port: 0 });
  closing.push(() => server.close());
  const endpoint = await listen(server.server);
  vi.stubEnv('AWS_ENDPOINT_URL_SNS', endpoint);
  sqs = new SQSClient({ endpoint });
  const sns = new SNSClient({ endpoint });
  const arnOf = async (QueueUrl: string | undefined) =>
    (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }))).Attributes
      ?.QueueArn;
  const { QueueUrl: dead = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'dead' }));
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: await arnOf(dead),
    maxReceiveCount: MAX_RECEIVES,
  });
  const { QueueUrl: work = '' } = await sqs.send(
    new CreateQueueCommand({ QueueName: 'work', Attributes: { RedrivePolicy, VisibilityTimeout: '0' } }),
  );
  const { TopicArn: topic = '' } = await sns.send(new CreateTopicCommand({ Name: 'wake' }));
  const Attributes = { RawMessageDelivery: 'true' };
  await sns.send(
    new SubscribeCommand({ TopicArn: topic, Protocol: 'sqs', Endpoint: await arnOf(work), Attributes }),
  );
  return { topic, work, dead };
}

beforeAll(async () => {
  for (const [name, value] of Object.entries({
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  }))
    vi.stubEnv(name, value);
  const [made, { topic, ...rest }] = await Promise.all([createTestDatabase(), startQueues()]);
  database = made;
  queues = rest;
  const endpoint = await startSecrets({
    [SETTINGS]: JSON.stringify({ SPACEDLY_SECRET: TEST_SECRET, DATABASE_URL: database.url }),
    [LOGIN]: JSON.stringify({ username: 'spacedly', password: 'p@ss/word' }),
    broken: 'not json: hunter2',
  });
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', endpoint);
  env = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PUBLIC_URL: 'https://plan.example.com',
    SETTINGS_SECRET_ARN: SETTINGS,
    WAKE_TOPIC_ARN: topic,
    DB_POOL_MAX: '3',
    DEV_MAILBOX: '1',
  };
  api = createApi(env);
  closing.push(api.close);
});
afterAll(async () => {
  for (const close of closing.reverse()) await close();
  await database.drop();
  vi.unstubAllEnvs();
});

const receive = async (QueueUrl: string) =>
  (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))).Messages ?? [];

/** What Lambda does with a queue: hands a batch over, and deletes what did not fail. */
async function poll(worker: ReturnType<typeof createWorker>): Promise<number> {
  const messages = await receive(queues.work);
  if (messages.length === 0) return 0;
  const Records = messages.map(({ MessageId, Body }) => ({ messageId: MessageId, body: Body }) as SQSRecord);
  const { batchItemFailures } = await worker({ Records }, context);
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  for (const { MessageId = '', ReceiptHandle } of messages)
    if (!failed.has(MessageId))
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queues.work, ReceiptHandle }));
  return messages.length;
}

async function ask(url: string, options: Ask = {}) {
  const { statusCode, body = '' } = await api(httpEvent(url, options), context);
  return { status: statusCode, body: body === '' ? null : JSON.parse(body) };
}

/** @returns the header of somebody whose code a worker has mailed */
async function signUp(email: string, work: () => Promise<unknown>): Promise<string> {
  const json = { email, password: 'a quiet harbour at dawn', name: 'Ada' };
  expect((await ask('/v1/auth/signup', { method: 'POST', json })).status).toBe(202);
  await work();
  const [mail] = (await ask(`/dev/mailbox/messages?to=${email}`)).body.items;
  const code = /\b\d{6}\b/.exec(mail.text)?.[0];
  const verified = await ask('/v1/auth/signup/verify', { method: 'POST', json: { email, code } });
  expect(verified.status).toBe(201);
  return `Bearer ${verified.body.tokens.accessToken}`;
}

test('a change wakes a worker over SNS and SQS, which mails at once; secrets come from Secrets Manager', async () => {
  // The first of an installation is its admin.
  await signUp('ada@example.com', () => poll(createWorker(env)));
  expect(await receive(queues.dead)).toEqual([]);
});

test('what is no message of ours ends in the dead letter queue alone, and so does a batch whose rounds all fail', async () => {
  const send = (MessageBody: string) =>
    sqs.send(new SendMessageCommand({ QueueUrl: queues.work, MessageBody }));
  await send('{"queues":');
  await send(JSON.stringify({ queues: ['delivery'] }));
  const worker = createWorker(env);
  let rounds = 0;
  while ((await poll(worker)) > 0) rounds += 1;
  expect(rounds).toBe(MAX_RECEIVES);
  const [dead, ...others] = await receive(queues.dead);
  expect(dead?.Body).toBe('{"queues":');
  expect(others).toEqual([]);
  await sqs.send(new DeleteMessageCommand({ QueueUrl: queues.dead, ReceiptHandle: dead?.ReceiptHandle }));

  await send(JSON.stringify({ queues: ['delivery'] }));
  const { SETTINGS_SECRET_ARN: _, ...rest } = env;
  const lost = {
    ...rest,
    SPACEDLY_SECRET: TEST_SECRET,
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nowhere',
  };
  const without = createWorker(lost);
  while ((await poll(without)) > 0);
  expect((await receive(queues.dead)).map(({ Body }) => Body)).toEqual([
    JSON.stringify({ queues: ['delivery'] }),
  ]);
  // The clock's call has to be seen to fail, or nobody would try it again.
  await expect(without({ every: 'minute' }, context)).rejects.toThrow();
});

const authorize = (
  authorizer: ReturnType<typeof createAuthorizer>,
  authorization: string,
  path = '/v1/tasks',
) =>
  authorizer({
    identitySource: [authorization],
    headers: { authorization },
    rawPath: path,
  } as unknown as APIGatewayRequestAuthorizerEventV2);

test('the authorizer speaks of the caller and never of a path, so what is remembered neither refuses nor widens', async () => {
  const authorizer = createAuthorizer(env);
  closing.push(authorizer.close);
  const bearer = await signUp('ben@example.com', () => poll(createWorker(env)));
  const answers = await Promise.all(
    ['/v1/tasks', '/v1/admin/users', '/v1/users/me'].map((path) => authorize(authorizer, bearer, path)),
  );
  const [first] = answers;
  expect(first).toMatchObject({ isAuthorized: true, context: { role: 'USER', scopes: '' } });
  for (const answer of answers) expect(answer).toEqual(first);
  // What is let through there is still nobody's to use: the API asks itself.
  expect((await ask('/v1/admin/users', { headers: { authorization: bearer } })).status).toBe(403);

  const [, claims = '', signature = ''] = bearer.split('.');
  const header = { alg: 'HS256', kid: 'x' };
  const stolen = await new SignJWT(JSON.parse(Buffer.from(claims, 'base64url').toString()))
    .setProtectedHeader(header)
    .sign(new TextEncoder().encode(TEST_SECRET));
  const bad = [
    '',
    'Bearer',
    'Basic YTpi',
    `Bearer x.${claims}.${signature}`,
    `${bearer}x`,
    `Bearer ${stolen}`,
  ];
  for (const authorization of bad)
    expect(await authorize(authorizer, authorization)).toEqual({ isAuthorized: false, context: {} });

  // Access tokens live for 15 minutes.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 20 * 60_000 });
  expect(await authorize(authorizer, bearer)).toEqual({ isAuthorized: false, context: {} });
  vi.useRealTimers();

  await ask('/v1/auth/logout', { method: 'POST', headers: { authorization: bearer } });
  expect(await authorize(authorizer, bearer)).toEqual({ isAuthorized: false, context: {} });
});

test('where it cannot be told whose token it is, nobody is let in', async () => {
  const authorizer = createAuthorizer({ ...env, SETTINGS_SECRET_ARN: 'nowhere' });
  await expect(authorize(authorizer, 'Bearer a.b.c')).rejects.toThrow();
});

test('a secret that cannot be read is named, and nothing it holds', async () => {
  const failure = await createWorker({ ...env, SETTINGS_SECRET_ARN: 'broken' })(
    { every: 'minute' },
    context,
  ).catch((error: Error) => error);
  expect(String(failure)).toContain('the secret broken does not hold what it should');
  expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain('hunter2');
});

test('the address of the database is put together from where it is and the secret of RDS', async () => {
  const { readSecrets } = await import('@spacedly/aws/secrets');
  const given = {
    DATABASE_SECRET_ARN: LOGIN,
    DATABASE_HOST: 'spacedly.proxy-x.eu-central-1.rds.amazonaws.com',
  };
  const { DATABASE_URL = '' } = await readSecrets(given);
  const config = new pg.Client(DATABASE_URL);
  expect(config).toMatchObject({ user: 'spacedly', password: 'p@ss/word', host: given.DATABASE_HOST });
});

test('the redrive of the test is that of the template', async () => {
  const messages = await readFile(
    new URL('../../deploy/aws/resources/messages.yml', import.meta.url),
    'utf8',
  );
  expect(messages).toContain(`maxReceiveCount: ${MAX_RECEIVES}\n`);
});
