import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { asksForWebSocket, type Switching } from './web-socket.ts';

const ABOUT_UPGRADE = new Set(['upgrade', 'http2-settings']);

/** The head of a request as it came, without its wish for another protocol. */
function plainHead({ method, url, httpVersion, rawHeaders }: IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    const value = rawHeaders[index + 1] as string;
    if (ABOUT_UPGRADE.has(name.toLowerCase())) continue;
    if (name.toLowerCase() !== 'connection') lines.push(`${name}: ${value}`);
    else {
      const kept = value.split(',').filter((part) => !ABOUT_UPGRADE.has(part.trim().toLowerCase()));
      if (kept.length > 0) lines.push(`${name}:${kept.join(',')}`);
    }
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/**
 * A server need not switch (RFC 9110, section 7.8), but Node takes the request from its parser once anybody listens for
 * such wishes. It is given back as it came, body and all: clients of Java and curl wish for HTTP/2 this way.
 */
function goOnAsPlain(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.unshift(Buffer.concat([Buffer.from(plainHead(request), 'latin1'), head]));
  server.emit('connection', socket);
}

/**
 * Sends requests for a WebSocket through the hooks and routes of the process as any other, so that they are counted,
 * limited and let in alike; what is refused is answered, and its connection closed.
 * @param isWanted whether a route takes it; other wishes for another protocol are ignored
 * @returns gives the connection of such a request
 */
export function acceptUpgrades(app: FastifyInstance, isWanted: (request: IncomingMessage) => boolean) {
  const switching = new WeakMap<IncomingMessage, Switching>();
  app.server.on('upgrade', (request, socket, head) => {
    if (!asksForWebSocket(request) || !isWanted(request)) {
      goOnAsPlain(app.server, request, socket, head);
      return;
    }
    // Who goes away in between is no fault of ours.
    socket.on('error', () => {});
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket as Socket);
    response.once('finish', () => socket.end());
    switching.set(request, { socket, head });
    app.routing(request, response);
  });
  return (request: IncomingMessage) => switching.get(request);
}
