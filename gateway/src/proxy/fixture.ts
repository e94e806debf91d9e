import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { type TestApp, testApp } from '@spacedly/kit/testing';
import { gateway } from '../app.ts';
import { type ProxyLimits, proxyRoutes } from './routes.ts';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** An upstream of the tests' own making and a gateway before it, both on the loopback. */
export interface Proxied {
  /** Address of the gateway. */
  url: string;
  /** Address of the upstream itself. */
  upstreamUrl: string;
  /** What the upstream does from now on. */
  answer(handle: Handle): void;
  /** Requests the upstream has seen. */
  seen: IncomingMessage[];
  gateway: TestApp;
  close(): Promise<void>;
}

const listenOn = (server: ReturnType<typeof createServer>) =>
  new Promise<string>((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });

/** Passes `/v1/tasks` on, to an upstream that stands in for a service of any make and with any fault. */
export async function startProxied(limits: Partial<ProxyLimits> = {}): Promise<Proxied> {
  let handle: Handle = (_request, response) => response.end('ok');
  const seen: IncomingMessage[] = [];
  const upstream = createServer((request, response) => {
    seen.push(request);
    handle(request, response);
  });
  const upstreamUrl = await listenOn(upstream);
  const all = { bodyBytes: 1_048_576, connectMs: 1_000, answerMs: 1_000, silenceMs: 5_000, ...limits };
  const front = await testApp([], {
    config: { AUTH_URL: upstreamUrl, TASKS_URL: upstreamUrl },
    front: {
      policies: gateway.policies,
      routes: (app, platform) =>
        proxyRoutes(app, platform, {
          entries: [{ prefix: '/v1/tasks', service: 'tasks', auth: 'none' }],
          uploads: [
            {
              method: 'POST',
              path: '/v1/tasks/:taskId/files',
              service: 'tasks',
              auth: 'none',
              bodyBytes: 3_000_000,
            },
          ],
          limits: all,
        }),
    },
  });
  const url = await front.app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    upstreamUrl,
    answer: (next) => {
      handle = next;
    },
    seen,
    gateway: front,
    async close() {
      await front.close();
      upstream.closeAllConnections();
      upstream.close();
    },
  };
}

/** A connection that says exactly what it is told to. */
export function open(url: string): Promise<Socket & { text: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = Object.assign(
      connect(Number(port), hostname, () => resolve(socket)),
      { text: '' },
    );
    socket.setEncoding('utf8').on('data', (chunk) => {
      socket.text += chunk;
    });
    socket.once('error', reject);
  });
}
