// Proxies without a policy, each in its fastest form, and one as such gateways usually are. PROXY says which.
import { Agent, createServer } from 'node:http';
import fastifyProxy from '@fastify/http-proxy';
import express from 'express';
import fastGateway from 'fast-gateway';
import Fastify from 'fastify';
import { createProxyMiddleware } from 'http-proxy-middleware';
import jwt from 'jsonwebtoken';
import { Pool } from 'undici';

const { PROXY, UPSTREAM } = process.env;
const port = Number(process.env.PORT);
const host = '127.0.0.1';
const SECRET = 'only for this bench';

/** The limit: what comes is passed on, what comes back is passed back. */
function undici() {
  const pool = new Pool(UPSTREAM);
  createServer((request, response) => {
    const { method, url: path, headers } = request;
    pool.dispatch(
      { method, path, headers, body: method === 'GET' ? null : request },
      {
        onRequestStart() {},
        onResponseStart: (_controller, status, answered) => response.writeHead(status, answered),
        onResponseData: (_controller, chunk) => response.write(chunk),
        onResponseEnd: () => response.end(),
        onResponseError: () => response.destroy(),
      },
    );
  }).listen(port, host);
}

async function fastify() {
  const app = Fastify();
  await app.register(fastifyProxy, { upstream: UPSTREAM });
  await app.listen({ port, host });
}

function fast() {
  fastGateway({ routes: [{ prefix: '', target: UPSTREAM }] }).start(port, host);
}

function middleware() {
  const app = express();
  app.use(createProxyMiddleware({ target: UPSTREAM, agent: new Agent({ keepAlive: true }) }));
  app.listen(port, host);
}

/** A token, a line, and a new connection for each request. */
function usual() {
  const app = express();
  app.get('/token', (_request, response) => response.json({ token: jwt.sign({ sub: 'somebody' }, SECRET) }));
  app.use('/v1', (request, response, next) => {
    const startedAt = performance.now();
    response.on('finish', () => {
      const { method, originalUrl: url, ip } = request;
      const durationMs = performance.now() - startedAt;
      console.log(
        JSON.stringify({ time: new Date(), method, url, ip, status: response.statusCode, durationMs }),
      );
    });
    const { sub } = jwt.verify(request.headers.authorization?.split(' ')[1], SECRET);
    request.headers['x-user-id'] = sub;
    next();
  });
  app.use(createProxyMiddleware({ target: UPSTREAM, agent: false }));
  app.listen(port, host);
}

await { undici, fastify, fast, middleware, usual }[PROXY]();
