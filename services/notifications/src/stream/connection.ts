import type { FastifyReply } from 'fastify';

/** One open event stream of a person (WHATWG HTML, server-sent events). */
export interface Connection {
  readonly userId: string;
  readonly sessionId: string;
  readonly isClosed: boolean;
  /** Tells the client where it stands, so that it can resume from here before it got any event. */
  mark(id: string): void;
  /** Lets events through; a stream that resumes waits for it, as what it missed comes first. */
  goLive(): void;
  /** Sends an event once; what was sent or lies before the point of resumption is skipped. */
  send(id: string, data: string): void;
  heartbeat(): void;
  /** Says when to come back, in milliseconds, and ends the stream. */
  end(retryMs: number): void;
}

export interface ConnectionOptions {
  userId: string;
  sessionId: string;
  /** `Last-Event-ID` of a client that comes back. */
  resumeAfter: string | null;
  /** Default time after which a client that lost the stream comes back, in milliseconds. */
  retryMs: number;
  onClose(connection: Connection): void;
}

/** A client this far behind is dropped: it resumes with Last-Event-ID when it reads again. */
const MAX_BUFFERED_BYTES = 262_144;
/** Ids remembered against sending twice, when a replay and a live signal tell of the same row. */
const REMEMBERED_IDS = 256;
/** How long a client may take to read the end of its stream. */
const FLUSH_MS = 2_000;

const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
  // The socket ends with the stream, so that a stopping server need not wait for it to go idle.
  connection: 'close',
};

/** Takes the response over from Fastify, with the headers set so far, and writes the head of an event stream. */
export function openConnection(reply: FastifyReply, options: ConnectionOptions): Connection {
  const { userId, sessionId, resumeAfter, retryMs, onClose } = options;
  const { raw } = reply;
  const sentIds = new Set<string>();
  let isLive = resumeAfter === null;
  let isClosed = false;

  reply.hijack();
  for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...STREAM_HEADERS })) {
    if (value !== undefined) raw.setHeader(name, value);
  }
  raw.writeHead(200);

  function write(text: string): void {
    if (isClosed) return;
    if (raw.writableLength > MAX_BUFFERED_BYTES) raw.destroy();
    else raw.write(text);
  }

  const connection: Connection = {
    userId,
    sessionId,
    get isClosed() {
      return isClosed;
    },
    mark: (id) => write(`id: ${id}\n\n`),
    goLive() {
      isLive = true;
    },
    send(id, data) {
      if (!isLive || sentIds.has(id) || (resumeAfter !== null && id <= resumeAfter)) return;
      sentIds.add(id);
      if (sentIds.size > REMEMBERED_IDS) sentIds.delete(sentIds.values().next().value as string);
      write(`id: ${id}\nevent: notification\ndata: ${data}\n\n`);
    },
    heartbeat: () => write(': still here\n\n'),
    end(lastRetryMs) {
      write(`retry: ${lastRetryMs}\n\n`);
      if (isClosed) return;
      isClosed = true;
      raw.end();
      setTimeout(() => raw.destroy(), FLUSH_MS).unref();
    },
  };
  raw.on('error', () => raw.destroy());
  raw.on('close', () => {
    isClosed = true;
    onClose(connection);
  });
  write(`retry: ${retryMs}\n: connected\n\n`);
  return connection;
}
