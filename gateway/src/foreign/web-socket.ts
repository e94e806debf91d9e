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
  const { rewrite, dressRequest } = options;
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
  });
}

/** Passes the head of an answer on, with what the gateway puts on every answer. */
function passHead({ options, reply }: Handshake, answer: IncomingMessage, more: readonly string[]): void {
  const ours = { base: reply.server.baseHeaders, own: reply.getHeaders(), hidden: options.hides };
  const list = returnedHeaders(answer.headers, ours);
  const dressed = options.dressAnswer === undefined ? list : options.dressAnswer(list);
  reply.hijack();
  reply.raw.writeHead(answer.statusCode as number, [...dressed, ...more] as string[]);
}

/** Ends a request that is not answered in time; not by a signal, which would end the connection after it was switched too. */
function limitWait(asked: http.ClientRequest, answerMs: number): () => void {
  const tooLate = Object.assign(new Error('no answer in time'), { code: 'UND_ERR_HEADERS_TIMEOUT' });
  const timer = setTimeout(() => asked.destroy(tooLate), answerMs);
  return () => clearTimeout(timer);
}

/** The upstream agrees: from here on bytes pass as they come. */
function open(
  handshake: Handshake,
  { socket, head }: Switching,
  answer: IncomingMessage,
  far: Duplex,
  farHead: Buffer,
) {
  const { member, request, reply } = handshake;
  handshake.settle('success', Date.now());
  request.isStream = true;
  const { upgrade = 'websocket' } = answer.headers;
  passHead(handshake, answer, ['connection', 'Upgrade', 'upgrade', upgrade]);
  reply.raw.flushHeaders();
  if (farHead.length > 0) socket.write(farHead);
  if (head.length > 0) far.write(head);
  const { upstream } = member;
  const end = () => socket.destroy();
  upstream.endless.add(end);
  join(socket, far, () => {
    upstream.endless.delete(end);
    upstream.pending -= 1;
  });
}

/** The upstream does not want to: its answer goes back as any other. */
function refuse(handshake: Handshake, answer: IncomingMessage): void {
  const { member, reply } = handshake;
  const { statusCode = 502, headers } = answer;
  handshake.settle(outcomeOf(statusCode, headers['retry-after'] !== undefined), Date.now());
  passHead(handshake, answer, ['connection', 'close']);
  answer
    .once('close', () => {
      member.upstream.pending -= 1;
    })
    .pipe(reply.raw);
}

/** The handler of requests for a WebSocket: asks one upstream, once, and then passes bytes both ways. */
export function createUpgrade(options: ForwardOptions) {
  const { group, limits } = options;
  return (request: FastifyRequest, reply: FastifyReply, switching: Switching) =>
    new Promise<void>((resolve, reject) => {
      const now = Date.now();
      const member = group.choose(now);
      if (member === null) throw unavailable(group, now);
      request.upstream = group.name;
      const handshake = { options, member, settle: member.upstream.begin(now), request, reply };
      const { socket } = switching;
      const asked = ask(handshake);
      member.upstream.pending += 1;
      const heard = limitWait(asked, limits.answerMs);
      socket.once('close', () => asked.destroy());
      asked.on('upgrade', (answer, far, farHead) => {
        heard();
        open(handshake, switching, answer, far, farHead);
        resolve();
      });
      asked.on('response', (answer) => {
        heard();
        refuse(handshake, answer);
        resolve();
      });
      asked.on('error', (error: Error & { code?: string }) => {
        heard();
        if (reply.sent) return;
        member.upstream.pending -= 1;
        handshake.settle(socket.destroyed ? 'unknown' : 'failure', Date.now());
        reject(problemOf(failureOf(error, error.code === 'ECONNRESET'), error));
      });
      asked.end();
    });
}
