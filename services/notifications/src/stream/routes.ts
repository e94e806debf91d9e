import { notificationRoutes } from '@spacedly/contracts';
import { bindRoute, type Identity, ok, type Platform, type VerifiedToken } from '@spacedly/kit';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { findAfter, type InboxReads, newestId, toNotification } from '../inbox/store.ts';
import { type Connection, openConnection } from './connection.ts';
import { createStreamHub, type StreamHub, type StreamSource } from './hub.ts';

const RETRY_MS = 3_000;
/** A stream that is to end once it is up to date ends after this time in any case. */
const FEED_MS = 10_000;
const HEARTBEAT_MS = 25_000;
const MAX_STREAMS_PER_USER = 20;
/** A client that was away for longer finds the rest in the list. */
const MAX_REPLAYED = 100;
/** When a client comes back whose stream ends as soon as it is up to date. */
const LOOK_AGAIN_MS = 20_000;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function streamSource({ database: { db } }: Platform, reads: InboxReads): StreamSource {
  return {
    async load(userId, id) {
      const [row] = await reads.find.execute({ userId, id });
      return row === undefined ? null : JSON.stringify(toNotification(row));
    },
    async replay(userId, after) {
      const rows = await findAfter(db, { userId, after, limit: MAX_REPLAYED });
      return rows.map((row) => ({ id: row.id, data: JSON.stringify(toNotification(row)) }));
    },
    newestId: (userId) => newestId(db, userId),
  };
}

/**
 * How long a stream may live: access tokens say when they end, personal ones do not. A client that may stay for longer is
 * checked again after `longestMs`, or a revoked token would keep its stream.
 */
function lifeMs(
  identity: Identity & Partial<Pick<VerifiedToken, 'expiresAt'>>,
  longestMs: number,
  now: Date,
): number {
  if (identity.expiresAt === undefined) return longestMs;
  return Math.min(Math.max(identity.expiresAt * 1_000 - now.getTime(), 0), longestMs);
}

/** Serves the event stream of notifications. */
export function registerStreamRoutes(app: FastifyInstance, platform: Platform, reads: InboxReads): StreamHub {
  const { signals, log, now } = platform;
  const longestMs = platform.config.STREAM_SECONDS * 1_000;
  const hub = createStreamHub({
    signals,
    log,
    source: streamSource(platform, reads),
    heartbeatMs: HEARTBEAT_MS,
    maxPerUser: MAX_STREAMS_PER_USER,
  });

  async function feed(connection: Connection, lastEventId: string | null): Promise<void> {
    await hub.add(connection, lastEventId);
    if (longestMs === 0) connection.end(LOOK_AGAIN_MS);
  }

  function open(reply: FastifyReply, identity: Identity, header: string | undefined): void {
    const lastEventId = header !== undefined && UUID.test(header) ? header : null;
    const connection = openConnection(reply, {
      userId: identity.userId,
      sessionId: identity.sessionId,
      resumeAfter: lastEventId,
      retryMs: RETRY_MS,
      onClose(closed) {
        clearTimeout(expiry);
        hub.remove(closed);
      },
    });
    // The client comes back with a fresh token, or not at all: a stream must not outlive the right to it.
    const life = lifeMs(identity, longestMs === 0 ? FEED_MS : longestMs, now());
    const expiry = setTimeout(() => connection.end(RETRY_MS), life).unref();
    if (hub.isStopped || reply.request.method === 'HEAD') connection.end(RETRY_MS);
    else if (!connection.isClosed) void feed(connection, lastEventId);
  }

  bindRoute(app, notificationRoutes.streamNotifications, async ({ identity, request, reply }) => {
    open(reply, identity, request.headers['last-event-id'] as string | undefined);
    return ok(undefined);
  });
  return hub;
}
