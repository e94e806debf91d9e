import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { createLogger, newId, type Platform } from '@spacedly/kit';
import { testConfig, testPlatform, waitFor } from '@spacedly/kit/testing';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen, openStream } from '../fixtures/event-stream.ts';
import { announce } from './announce.ts';
import { type Connection, openConnection } from './connection.ts';
import { createStreamHub, type StreamHub } from './hub.ts';

const userId = newId();
const BIG = JSON.stringify('x'.repeat(65_536));

let platform: Platform;
let app: FastifyInstance;
let base: string;
let hub: StreamHub;
let loads = 0;
let data = '{}';
const connections: Connection[] = [];

beforeAll(async () => {
  platform = await testPlatform();
  hub = createStreamHub({
    signals: platform.signals,
    log: createLogger(testConfig(), 'hub'),
    source: {
      load: async () => {
        loads += 1;
        return data;
      },
      replay: async () => [],
      newestId: async () => newId(),
    },
    heartbeatMs: 20,
    maxPerUser: 5,
  });
  app = Fastify();
  app.get('/stream', (_request, reply) => {
    const connection = openConnection(reply, {
      userId,
      sessionId: newId(),
      resumeAfter: null,
      retryMs: 3_000,
      onClose: hub.remove,
    });
    connections.push(connection);
    void hub.add(connection, null);
  });
  await hub.start();
  base = await listen(app);
});
afterAll(async () => {
  hub.stop();
  await app.close();
  await platform.close();
});

test('an idle stream is kept open by heartbeats', async () => {
  const stream = await openStream(base, {}, '/stream');
  await waitFor(() => stream.blocks.filter(({ comment }) => comment === 'still here').length >= 2);
  stream.close();
});

test('a row is read once for all streams of a person, and sent to each once', async () => {
  const streams = [await openStream(base, {}, '/stream'), await openStream(base, {}, '/stream')];
  const before = loads;
  const [first, second] = [newId(), newId()];
  await announce(platform, [
    { userId, id: first },
    { userId: newId(), id: newId() },
    { userId, id: second },
  ]);
  for (const stream of streams) {
    expect((await stream.until(2)).map(({ id }) => id)).toEqual([first, second]);
  }
  expect(loads).toBe(before + 2);
  await announce(platform, [{ userId, id: first }]);
  await waitFor(() => loads === before + 3);
  for (const stream of streams) {
    expect(stream.events()).toHaveLength(2);
    stream.close();
  }
});

test('a client that does not read is dropped instead of buffered without bound', async () => {
  const { port } = app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const before = connections.length;
  data = BIG;
  socket.pause();
  socket.write('GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const slow = await waitFor(() => connections[before]);
  const reading = await openStream(base, {}, '/stream');
  await waitFor(async () => {
    await announce(platform, [{ userId, id: newId() }]);
    return slow.isClosed;
  });
  expect(reading.events().length).toBeGreaterThan(0);
  reading.close();
  socket.destroy();
});
