import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { freePorts, type TestApp, testApp } from '@spacedly/kit/testing';
import { gateway } from '../app.ts';
import { type ProxyLimits, proxyRoutes } from './routes.ts';
import type { UpstreamGroup } from './upstream-group.ts';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that stands in for a service of any make and with any fault. */
export interface TestUpstream {
  url: string;
  /** What it does from now on; says `ok` until it is told. */
  answer(handle: Handle): void;
  /** Requests it has seen, without those of health checks. */
  seen: IncomingMessage[];
  /** What it says when it is asked whether it is ready. */
  readiness: number;
  server: Server;
  close(): void;
}

/** An upstream of the tests' own making, on the loopback. */
export async function startUpstream(): Promise<TestUpstream> {
  let handle: Handle = (_request, response) => response.end('ok');
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/health/ready') {
      response.writeHead(upstream.readiness).end();
      return;
    }
    seen.push(request);
    handle(request, response);
  });
  // One that is closed and opened again finds its port as it left it.
  const [port] = await freePorts(1);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const upstream: TestUpstream = {
    url: `http://127.0.0.1:${port}`,
    answer: (next) => {
      handle = next;
    },
    seen,
    readiness: 200,
    server,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return upstream;
}

/** A gateway before upstreams, on the loopback; `answer` and `seen` are those of the first. */
export interface Proxied extends Pick<TestUpstream, 'url' | 'answer' | 'seen'> {
  /** Address of the first upstream itself. */
  upstreamUrl: string;
  upstreams: TestUpstream[];
  groups: readonly UpstreamGroup[];
  gateway: TestApp;
  close(): Promise<void>;
}

/** Passes `/v1/tasks` on, to as many upstreams as are asked for. */
export async function startProxied(limits: Partial<ProxyLimits> = {}, instances = 1): Promise<Proxied> {
  const upstreams = await Promise.all(Array.from({ length: instances }, startUpstream));
  const { url: upstreamUrl, answer, seen } = upstreams[0] as TestUpstream;
  const all = { bodyBytes: 1_048_576, connectMs: 1_000, answerMs: 1_000, silenceMs: 5_000, ...limits };
  let groups: readonly UpstreamGroup[] = [];
  const front = await testApp([], {
    config: { AUTH_URL: upstreamUrl, TASKS_URL: upstreams.map((upstream) => upstream.url).join(', ') },
    front: {
      policies: gateway.policies,
      async routes(app, platform) {
        groups = await proxyRoutes(app, platform, {
          entries: [{ prefix: '/v1/tasks', service: 'tasks', auth: 'none' }],
          larges: [
            {
              isUpload: true,
              method: 'POST',
              path: '/v1/tasks/:taskId/files',
              service: 'tasks',
              auth: 'none',
              bodyBytes: 3_000_000,
            },
          ],
          limits: all,
        });
      },
    },
  });
  const url = await front.app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    upstreamUrl,
    upstreams,
    groups,
    answer,
    seen,
    gateway: front,
    async close() {
      await front.close();
      for (const upstream of upstreams) upstream.close();
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
