import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { connectionOptions } from '../db/pool.ts';
import type { Logger } from '../log.ts';

/**
 * Short hints between all processes of an installation ("look again"), over PostgreSQL LISTEN/NOTIFY on one
 * dedicated connection. A hint may be lost with the connection, so whoever listens must be able to re-read:
 * `onRestored` runs after every (re)connection, and `isConnected` says whether memory may be trusted meanwhile.
 */
export interface Signals {
  readonly isConnected: boolean;
  /** True where it never hears the others: what signals keep true elsewhere has to be asked for each time. */
  readonly isDeaf?: boolean;
  /** Sends to every process, this one included. Payload at most 7,900 bytes. */
  publish(channel: string, payload: string): Promise<void>;
  /** Returns a function that ends the subscription. */
  subscribe(
    channel: string,
    onPayload: (payload: string) => void,
    onRestored?: () => void,
  ): Promise<() => void>;
  /**
   * Waits until every signal whose transaction has already committed was heard here, at most `timeoutMs`; at once while
   * the feed is lost.
   */
  settle(timeoutMs: number): Promise<void>;
  /**
   * Holds the advisory lock `(key, number)` for as long as this process lives and is connected; taken again after a
   * loss. Others see by it whether the process is there.
   */
  holdLock(key: number, number: number): Promise<void>;
  close(): Promise<void>;
}

/** A person's profile changed; the payload is the user id. Whoever keeps a copy forgets it. */
export const USER_CHANGED_CHANNEL = 'spacedly_user_changed';

const RECONNECT_MIN_MS = 50;
const RECONNECT_MAX_MS = 1_000;
const HEARTBEAT_MS = 2_000;

/**
 * The server notices a machine that lost its power within 15 s, instead of two hours, and frees its locks. Without
 * effect on a Unix socket.
 */
const KEEPALIVE = `SELECT set_config('tcp_keepalives_idle', '5', false), set_config('tcp_keepalives_interval', '5', false),
  set_config('tcp_keepalives_count', '2', false)`;

/** Connects the signals of a process; later losses are healed in the background. */
export async function connectSignals(url: string, pool: pg.Pool, log: Logger): Promise<Signals> {
  const hub = new EventEmitter().setMaxListeners(0);
  const channels = new Set<string>();
  const locks: { key: number; number: number; isHeldBy: pg.Client | null }[] = [];
  let client: pg.Client | null = null;
  let isClosed = false;
  // One query at a time, as a connection can do no more; anew with each connection, so that a dead one blocks none.
  let turn: Promise<unknown> = Promise.resolve();

  function ask(which: pg.Client, sql: string): Promise<pg.QueryResult> {
    const asked = turn.then(() => which.query(sql));
    turn = asked.catch(() => {});
    return asked;
  }

  /** The lock may still be held by a connection of ours that the server has not given up; the heartbeat asks again. */
  async function takeLocks(which: pg.Client): Promise<void> {
    for (const lock of locks.filter(({ isHeldBy }) => isHeldBy !== which)) {
      const { rows } = await ask(which, `SELECT pg_try_advisory_lock(${lock.key}, ${lock.number}) AS got`);
      if (rows[0].got) lock.isHeldBy = which;
    }
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({
      ...connectionOptions(url),
      keepAlive: true,
      application_name: 'spacedly signals',
    });
    next.on('notification', ({ channel, payload }) => hub.emit(`payload:${channel}`, payload ?? ''));
    next.on('error', () => lost(next));
    next.on('end', () => lost(next));
    await next.connect();
    turn = Promise.resolve();
    await ask(next, KEEPALIVE);
    await takeLocks(next);
    for (const channel of channels) await ask(next, `LISTEN "${channel}"`);
    client = next;
    hub.emit('restored');
  }

  function lost(which: pg.Client): void {
    if (isClosed || client !== which) return;
    client = null;
    log.warn('lost the signal connection to the database; reconnecting');
    void reconnect();
  }

  async function reconnect(): Promise<void> {
    for (let waitMs = RECONNECT_MIN_MS; !isClosed; waitMs = Math.min(waitMs * 2, RECONNECT_MAX_MS)) {
      await delay(waitMs, undefined, { ref: false });
      try {
        if (!isClosed) await connect();
        return;
      } catch (error) {
        log.debug({ err: error }, 'the database does not answer yet');
      }
    }
  }

  // A connection that died without a word (a pulled cable) is noticed by asking.
  const heartbeat = setInterval(() => {
    const asked = client;
    if (asked === null) return;
    let hasAnswered = false;
    const end = () => {
      if (!hasAnswered) asked.end().catch(() => {});
    };
    // After the answers that have come in already: this process may have been busy itself.
    setTimeout(() => setImmediate(end), HEARTBEAT_MS).unref();
    const heard = () => {
      hasAnswered = true;
    };
    ask(asked, 'SELECT 1').then(heard, heard);
    takeLocks(asked).catch(() => {});
  }, HEARTBEAT_MS).unref();

  await connect();
  return {
    get isConnected() {
      return client !== null;
    },
    publish: async (channel, payload) => {
      await pool.query('SELECT pg_notify($1, $2)', [channel, payload]);
    },
    async subscribe(channel, onPayload, onRestored) {
      hub.on(`payload:${channel}`, onPayload);
      if (onRestored) hub.on('restored', onRestored);
      if (!channels.has(channel)) {
        channels.add(channel);
        if (client !== null) await ask(client, `LISTEN "${channel}"`);
      }
      return () => {
        hub.off(`payload:${channel}`, onPayload);
        if (onRestored) hub.off('restored', onRestored);
      };
    },
    async settle(timeoutMs) {
      if (client === null) return;
      // A commit wakes the listening backends before it is acknowledged, and they send what waits before they answer.
      const heard = ask(client, 'SELECT 1').catch(() => {});
      await Promise.race([heard, delay(timeoutMs, undefined, { ref: false })]);
    },
    async holdLock(key, number) {
      locks.push({ key, number, isHeldBy: null });
      if (client !== null) await takeLocks(client);
    },
    async close() {
      isClosed = true;
      clearInterval(heartbeat);
      hub.removeAllListeners();
      await client?.end().catch(() => {});
    },
  };
}
