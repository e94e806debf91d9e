import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Dispatcher } from 'undici';
import { returnedHeaders } from './headers.ts';

/** Ends each answer that has no end of its own, for when the server closes. */
export type OpenStreams = Set<() => void>;

interface Settle {
  /** The answer is on its way or complete, or nobody waits for it any more. */
  resolve(): void;
  /** Nothing was sent yet, so the error can still be told. */
  reject(error: Error): void;
}

const EVENT_STREAM = 'text/event-stream';

/**
 * Passes an upstream's answer to the client chunk by chunk, at the client's pace. A client that goes away ends the
 * upstream's request; an upstream that breaks off in the middle breaks the client's connection, as only that tells
 * the client that the answer is not complete.
 */
export function answerWith(
  reply: FastifyReply,
  open: OpenStreams,
  { resolve, reject }: Settle,
): Dispatcher.DispatchHandler {
  const response = reply.raw;
  let controller: Dispatcher.DispatchController | null = null;
  const onDrain = () => controller?.resume();
  const endStream = () => {
    response.end();
    controller?.abort(new Error('the server is closing'));
  };
  const onClose = () => {
    open.delete(endStream);
    if (!response.writableFinished) controller?.abort(new Error('the client went away'));
  };
  response.on('close', onClose);
  return {
    onRequestStart(started) {
      controller = started;
      if (response.destroyed) onClose();
    },
    onResponseStart(_controller, status, headers) {
      // 103 Early Hints and the like are for a browser's own connection, not for ours.
      if (status < 200) return;
      reply.hijack();
      response.on('drain', onDrain);
      response.writeHead(status, {
        ...reply.getHeaders(),
        ...returnedHeaders(headers),
      } as OutgoingHttpHeaders);
      // The head of an answer of unknown length must not wait for its first chunk, which may be long in coming.
      if (headers['content-length'] === undefined) response.flushHeaders();
      if (String(headers['content-type']).startsWith(EVENT_STREAM)) open.add(endStream);
    },
    onResponseData(started, chunk) {
      if (!response.write(chunk)) started.pause();
    },
    onResponseEnd() {
      response.end();
      resolve();
    },
    onResponseError(_controller, error) {
      response.off('close', onClose);
      open.delete(endStream);
      if (!reply.sent && !response.destroyed) return reject(error);
      if (!reply.sent) reply.hijack();
      if (!response.writableEnded) response.destroy();
      resolve();
    },
  };
}
