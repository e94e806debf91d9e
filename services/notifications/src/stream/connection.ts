import type { ServerResponse } from 'node:http';
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
  /** Called when it ended or was lost; perhaps twice. */
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
function takeOver(reply: FastifyReply): ServerResponse {
  reply.hijack();
  reply.request.isStream = true;
  const { raw } = reply;
  for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...STREAM_HEADERS })) {
    if (value !== undefined) raw.setHeader(name, value);
  }
  return raw.writeHead(200);
}

/** Says of each id whether it is new, as far back as it remembers. */
function createMemory(): (id: string) => boolean {
  const seen = new Set<string>();
  return (id) => {
    if (seen.has(id)) return false;
    seen.add(id);
    if (seen.size > REMEMBERED_IDS) seen.delete(seen.values().next().value as string);
    return true;
  };
}

/** Opens an event stream as the answer to a request. */
export function openConnection(reply: FastifyReply, options: ConnectionOptions): Connection {
  const { userId, sessionId, resumeAfter, retryMs, onClose } = options;
  const raw = takeOver(reply);
  const isNew = createMemory();
  let isLive = resumeAfter === null;
  // The client may have gone while we were checking who it is; no event will tell of that any more.
  let isClosed = raw.destroyed;

  function write(text: string): void {
    if (isClosed) return;
    if (raw.writableLength > MAX_BUFFERED_BYTES) raw.destroy();
    else raw.write(text);
  }

  function close(): void {
    isClosed = true;
    onClose(connection);
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
      const isMissed = resumeAfter === null || id > resumeAfter;
      if (isLive && isMissed && isNew(id)) write(`id: ${id}\nevent: notification\ndata: ${data}\n\n`);
    },
    heartbeat: () => write(': still here\n\n'),
    end(lastRetryMs) {
      if (isClosed) return;
      write(`retry: ${lastRetryMs}\n\n`);
      close();
      raw.end();
      setTimeout(() => raw.destroy(), FLUSH_MS).unref();
    },
  };
  raw.on('error', () => raw.destroy());
  raw.on('close', close);
  write(`retry: ${retryMs}\n: connected\n\n`);
  return connection;
}
