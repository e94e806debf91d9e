import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { outcomeOf } from '../proxy/attempt.ts';
import { failureOf, problemOf } from '../proxy/failure.ts';
import { addedHeaders, type ForwardOptions, targetOf, unavailable } from '../proxy/forward.ts';
import { forwardedHeaders, type HeaderList, returnedHeaders } from '../proxy/headers.ts';
import type { Settle } from '../proxy/rules-breaker.ts';
import type { Member } from '../proxy/upstream-group.ts';

/** The connection of a request to switch to another protocol, and what already came after the request. */
export interface Switching {
  socket: Duplex;
  head: Buffer;
}

/** Whether a request asks for a WebSocket (RFC 6455, section 4.2.1). */
export function asksForWebSocket({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';
}

/** Both directions, as they come, until either side goes away. */
function join(near: Duplex, far: Duplex, onEnd: () => void): void {
  let isOver = false;
  const end = () => {
    if (isOver) return;
    isOver = true;
    near.destroy();
    far.destroy();
    onEnd();
  };
  for (const side of [near, far]) side.on('error', end).on('close', end);
  near.pipe(far).pipe(near);
}

function toObject(headers: HeaderList): Record<string, string | string[]> {
  const object: Record<string, string | string[]> = {};
  for (let index = 0; index < headers.length; index += 2)
    object[headers[index] as string] = headers[index + 1] as string;
  return object;
}

interface Handshake {
  options: ForwardOptions;
  member: Member;
  settle: Settle;
  request: FastifyRequest;
  reply: FastifyReply;
}

function ask({ options, member, request }: Handshake): http.ClientRequest {
  const { rewrite, dressRequest, limits } = options;
  const { raw, originalUrl } = request;
  const { url, basePath } = member.upstream;
  const target = targetOf(originalUrl);
  const headers = forwardedHeaders(raw.headers, addedHeaders(request, options));
  const { protocol, hostname, port } = new URL(url);
  return (protocol === 'https:' ? https : http).request({
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    path: basePath + (rewrite === undefined ? target : rewrite(target)),
    headers: {
      ...toObject(dressRequest === undefined ? headers : dressRequest(headers)),
      connection: 'Upgrade',
      upgrade: 'websocket',
    },
    agent: false,
    signal: AbortSignal.timeout(limits.answerMs),
  });
}

/** Passes the head of an answer on, with what the gateway puts on every answer. */
function passHead({ options, reply }: Handshake, answer: IncomingMessage, more: readonly string[]): void {
  const list = returnedHeaders(answer.headers, reply.getHeaders());
  const dressed = options.dressAnswer === undefined ? list : options.dressAnswer(list);
  reply.hijack();
  reply.raw.writeHead(answer.statusCode as number, [...dressed, ...more] as string[]);
}

/** The handler of requests for a WebSocket: asks one upstream, once, and then passes bytes both ways. */
export function createUpgrade(options: ForwardOptions) {
  const { group } = options;
  return (request: FastifyRequest, reply: FastifyReply, { socket, head }: Switching) =>
    new Promise<void>((resolve, reject) => {
      const now = Date.now();
      const member = group.choose(now);
      if (member === null) throw unavailable(group, now);
      request.upstream = group.name;
      const { upstream } = member;
      const handshake: Handshake = { options, member, settle: upstream.begin(now), request, reply };
      const asked = ask(handshake);
      upstream.pending += 1;
      const leave = () => {
        upstream.pending -= 1;
      };
      const giveUp = () => asked.destroy();
      socket.once('close', giveUp);
      asked.on('upgrade', (answer, far, farHead) => {
        handshake.settle('success', Date.now());
        request.isStream = true;
        passHead(handshake, answer, [
          'connection',
          'Upgrade',
          'upgrade',
          answer.headers.upgrade ?? 'websocket',
        ]);
        reply.raw.flushHeaders();
        if (farHead.length > 0) socket.write(farHead);
        if (head.length > 0) far.write(head);
        const end = () => socket.destroy();
        upstream.endless.add(end);
        join(socket, far, () => {
          upstream.endless.delete(end);
          leave();
        });
        resolve();
      });
      asked.on('response', (answer) => {
        handshake.settle(
          outcomeOf(answer.statusCode as number, answer.headers['retry-after'] !== undefined),
          Date.now(),
        );
        passHead(handshake, answer, ['connection', 'close']);
        answer.once('close', leave).pipe(reply.raw);
        resolve();
      });
      asked.on('error', (error: Error & { code?: string }) => {
        if (reply.sent) return;
        leave();
        const isLate = error.name === 'TimeoutError' || error.code === 'ABORT_ERR';
        const problem = problemOf(isLate ? 'timeout' : failureOf(error, error.code === 'ECONNRESET'), error);
        handshake.settle(socket.destroyed ? 'unknown' : 'failure', Date.now());
        reject(problem);
      });
      asked.end();
    });
}
