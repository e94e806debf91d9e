import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerErrorHandling } from './error-handler.ts';
import { limitBodyTime } from './slow-body.ts';

let app: FastifyInstance;
let port: number;
beforeAll(async () => {
  app = Fastify();
  registerErrorHandling(app);
  app.addHook('onRequest', (request, _reply, done) => {
    limitBodyTime(request);
    done();
  });
  app.post('/short', { config: { bodyMs: 150 } }, async ({ body }) => body);
  app.post('/usual', async ({ body }) => body);
  port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(() => app.close());

/** Sends a body byte by byte, 20 ms apart, until it is over or the server has had enough. */
async function trickle(path: string, body: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
  });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()).on('error', () => {}));
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  for (const byte of body) {
    if (text !== '') break;
    socket.write(byte);
    await delay(20);
  }
  if (text.includes(' 200 ')) socket.end();
  await closed;
  return text;
}

test('a body that trickles longer than it may: 408, and the connection ends', async () => {
  const text = await trickle('/short', '"0123456789012345678901234567890"');
  expect(text).toMatch(/^HTTP\/1\.1 408 /);
  expect(text).toMatch(/connection: close/i);
  expect(text).toContain('problems/request-timeout');
});

test('a body that is there in time is taken, however it comes', async () => {
  expect(await trickle('/usual', '"0123456789"')).toMatch(/200 OK[\s\S]*0123456789/);
});
