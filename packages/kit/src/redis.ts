import type { Redis } from 'ioredis';
import type { Config } from './config/schema.ts';
import type { Logger } from './log.ts';

export type { Redis } from 'ioredis';

/** How long a request may wait for an answer of Redis, in milliseconds: on the way of every request, so short. */
const COMMAND_MS = 200;
const CONNECT_MS = 2_000;
const RETRY_MAX_MS = 1_000;

/** A failed start because of Redis, told apart from one because of the database. */
export class RedisError extends Error {
  constructor(cause: unknown) {
    super('Redis cannot be used', { cause });
    this.name = 'RedisError';
  }
}

/**
 * A connection that never makes a caller wait: a command on a lost connection, or one not answered in time, fails at
 * once. The connection itself is made again in the background for as long as it takes.
 */
async function createRedis(url: string, log: Logger): Promise<Redis> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    keepAlive: 10_000,
    commandTimeout: COMMAND_MS,
    retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 10), RETRY_MAX_MS),
    // A replica that was our primary: connect again, to whatever is the primary now.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  });
  let isUp = false;
  redis.on('ready', () => {
    isUp = true;
    log.info('connected to Redis');
  });
  redis.on('close', () => {
    if (isUp) log.warn('lost the connection to Redis; connecting again');
    isUp = false;
  });
  // Without a listener each failed attempt would be written to the standard error, address included.
  redis.on('error', (error) => log.debug({ err: error }, 'Redis does not answer'));
  return redis;
}

/**
 * Opens the Redis of the installation; null where none is configured.
 * @throws RedisError when it does not answer or refuses us: a wrong address should be told at the start
 */
export async function openRedis({ REDIS_URL }: Config, log: Logger): Promise<Redis | null> {
  if (REDIS_URL === undefined) return null;
  const redis = await createRedis(REDIS_URL, log);
  let why: unknown;
  redis.once('error', (error) => {
    why = error;
  });
  try {
    await redis.connect();
    await redis.ping();
    return redis;
  } catch (error) {
    redis.disconnect();
    throw new RedisError(why ?? error);
  }
}
