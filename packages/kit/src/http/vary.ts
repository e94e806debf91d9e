import type { FastifyReply } from 'fastify';

/** Adds the name of a request header that the answer depends on to those that are named already (RFC 9110, 12.5.5). */
export function vary(reply: FastifyReply, name: string): void {
  const named = reply.getHeader('vary');
  reply.header('vary', named === undefined ? name : `${named}, ${name}`);
}
