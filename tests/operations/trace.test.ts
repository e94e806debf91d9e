import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Task } from '@spacedly/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, createClient } from '../harness/client.ts';
import { startSystem } from '../harness/system.ts';
import { waitFor } from '../harness/wait.ts';

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  /** 2 server, 3 client, 5 consumer. */
  kind: number;
  service: string;
  attributes: string;
}

interface Payload {
  resourceSpans: {
    resource: { attributes: { key: string; value: { stringValue?: string } }[] };
    scopeSpans: { spans: (Omit<Span, 'service' | 'attributes'> & { attributes: unknown })[] }[];
  }[];
}

function readSpans({ resourceSpans }: Payload): Span[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const named = resource.attributes.find(({ key }) => key === 'service.name');
    const service = named?.value.stringValue ?? '';
    return scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({ ...span, service, attributes: JSON.stringify(span.attributes) })),
    );
  });
}

const spans: Span[] = [];
let collector: Server;
let system: Awaited<ReturnType<typeof startSystem>>;
let client: Client;

beforeAll(async () => {
  collector = createServer(async (request, response) => {
    spans.push(...readSpans(JSON.parse(Buffer.concat(await request.toArray()).toString())));
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  system = await startSystem('split', {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  });
  client = createClient(system.url);
});
afterAll(async () => {
  await system.stop();
  collector.close();
});

test('one request is one trace: gateway, service, SQL, and the job it leaves behind in another process', async () => {
  const person = await client.signUp();
  const send = (path: string, json: unknown, headers = {}) =>
    client.send<Task>(path, { method: 'POST', json, headers: { ...person.headers, ...headers } });
  const { body: task } = await send('/v1/tasks', { title: 'A private title' });
  const traceId = randomBytes(16).toString('hex');
  const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
  expect((await send(`/v1/tasks/${task.id}/complete`, {}, { traceparent })).status).toBe(200);

  const ofTrace = () => spans.filter((span) => span.traceId === traceId);
  const find = (service: string, name: RegExp, kind: number) =>
    ofTrace().find((span) => span.service === service && span.kind === kind && name.test(span.name));
  const job = await waitFor(
    () => find('notifications', /^events\.notifications$/, 5),
    20_000,
    'the span of the job',
  );
  const atGateway = await waitFor(() => find('gateway', /^POST /, 2), 20_000, 'the span of the gateway');
  const atTasks = await waitFor(() => find('tasks', /^POST \/v1\/tasks\/:taskId\/complete$/, 2), 20_000);
  const sql = await waitFor(
    () => find('tasks', /^(UPDATE|INSERT|WITH|SELECT)$/, 3),
    20_000,
    'the span of SQL',
  );
  const sqlOfJob = await waitFor(() => find('notifications', /^INSERT$/, 3), 20_000, 'the SQL of the job');

  expect(atTasks.parentSpanId).toBe(atGateway.spanId);
  expect(sql.parentSpanId).toBe(atTasks.spanId);
  expect(job.parentSpanId).toBe(atTasks.spanId);
  expect(sqlOfJob.parentSpanId).toBe(job.spanId);
  const text = JSON.stringify(spans);
  for (const secret of ['A private title', person.email, person.accessToken, person.password])
    expect(text).not.toContain(secret);
});
