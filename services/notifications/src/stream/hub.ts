import { DENIED_CHANNEL, type Logger, type Signals } from '@spacedly/kit';
import { announced, INBOX_CHANNEL } from './announce.ts';
import type { Connection } from './connection.ts';
import { createPeople, type Person } from './people.ts';

/** Reads what the streams send; `data` is the notification as JSON. */
export interface StreamSource {
  load(userId: string, id: string): Promise<string | null>;
  /** Rows after an id, oldest first. */
  replay(userId: string, after: string): Promise<{ id: string; data: string }[]>;
  newestId(userId: string): Promise<string>;
}

export interface HubOptions {
  signals: Signals;
  source: StreamSource;
  log: Logger;
  heartbeatMs: number;
  maxPerUser: number;
}

/** All event streams of a process. */
export interface StreamHub {
  readonly isStopped: boolean;
  /** Brings a new stream up to date (after `lastEventId`, where given), then keeps it live. */
  add(connection: Connection, lastEventId: string | null): Promise<void>;
  remove(connection: Connection): void;
  start(): Promise<void>;
  stop(): void;
}

const SHORT_RETRY_MS = 1_000;
/** Longer than the others, or the oldest tab would come straight back and push out the next oldest. */
const CROWDED_RETRY_MS = 60_000;

/** A fresh stream learns where it stands; one that resumes gets what it missed before anything live. */
async function bringUpToDate(
  source: StreamSource,
  connection: Connection,
  lastEventId: string | null,
): Promise<void> {
  const { userId } = connection;
  if (lastEventId === null) return connection.mark(await source.newestId(userId));
  const missed = await source.replay(userId, lastEventId);
  connection.goLive();
  for (const { id, data } of missed) connection.send(id, data);
}

/** Reads a row once and sends it to all streams of the person. */
async function deliverRow(source: StreamSource, userId: string, id: string, person: Person): Promise<void> {
  const data = await source.load(userId, id);
  if (data !== null) for (const connection of person.connections) connection.send(id, data);
}

/**
 * Delivers inbox rows to the streams of this process, each row read once however many streams want it. Whenever
 * something is amiss the streams are ended: clients come back, are checked again and resume where they were.
 */
export function createStreamHub({ signals, source, log, heartbeatMs, maxPerUser }: HubOptions): StreamHub {
  const people = createPeople();
  const unsubscribe: (() => void)[] = [];
  let heartbeat: NodeJS.Timeout | undefined;
  let isStopped = false;

  const endAll = () => {
    for (const connection of people.connections()) connection.end(SHORT_RETRY_MS);
  };

  /** Reads for one person run one after the other, so that rows reach the streams in the order of their signals. */
  function enqueue(person: Person, work: () => Promise<void>): Promise<void> {
    person.tail = person.tail.then(work).catch((error) => {
      log.warn({ err: error }, 'a notification stream could not be fed; its clients come back');
      for (const connection of person.connections) connection.end(SHORT_RETRY_MS);
    });
    return person.tail;
  }

  function onInbox(payload: string): void {
    for (const { userId, id } of announced(payload)) {
      const person = people.get(userId);
      if (person !== undefined) void enqueue(person, () => deliverRow(source, userId, id, person));
    }
  }

  function onDenied(payload: string): void {
    const [denied] = payload.split(' ', 1);
    const connections = people.connections().filter(({ sessionId }) => sessionId === denied);
    for (const connection of connections) connection.end(SHORT_RETRY_MS);
  }

  return {
    get isStopped() {
      return isStopped;
    },
    async add(connection, lastEventId) {
      const person = people.join(connection);
      const [oldest] = person.connections;
      if (person.connections.size > maxPerUser) oldest?.end(CROWDED_RETRY_MS);
      await enqueue(person, () => bringUpToDate(source, connection, lastEventId));
    },
    remove: people.leave,
    async start() {
      // Signals that were lost may have told of rows and of ended sessions alike; coming back settles both.
      unsubscribe.push(await signals.subscribe(INBOX_CHANNEL, onInbox, endAll));
      unsubscribe.push(await signals.subscribe(DENIED_CHANNEL, onDenied));
      heartbeat = setInterval(() => {
        for (const connection of people.connections()) connection.heartbeat();
      }, heartbeatMs).unref();
    },
    stop() {
      isStopped = true;
      clearInterval(heartbeat);
      for (const end of unsubscribe.splice(0)) end();
      endAll();
    },
  };
}
