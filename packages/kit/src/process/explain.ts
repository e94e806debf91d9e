import { ConfigError } from '../config/load.ts';
import { RestoreUnfinished } from '../db/restore-mark.ts';
import { RedisError } from '../redis.ts';

export const EXIT_CONFIG = 2;
export const EXIT_FAILURE = 1;

interface SystemError extends Error {
  code?: string;
  syscall?: string;
  port?: number;
  address?: string;
}

/** Words for a failed start, by the code of the system or of PostgreSQL. */
const EXPLANATIONS: Record<string, (error: SystemError) => string> = {
  EADDRINUSE: ({ port }) =>
    `Port ${port} is in use by another program. Stop it, or choose another port with PORT.`,
  EADDRNOTAVAIL: ({ address }) => `This machine has no address ${address}. Set HOST to one it has.`,
  EACCES: (error) =>
    error.syscall === 'listen'
      ? `Port ${error.port} needs more rights than this user has. Choose a port above 1023 with PORT.`
      : `Not allowed: ${error.message}`,
  ECONNREFUSED: () =>
    'The database does not answer at the address in DATABASE_URL. Is it running, and are host and port right?',
  ENOENT: (error) =>
    error.syscall === 'connect'
      ? 'The database does not answer at the socket in DATABASE_URL. Is it running?'
      : error.message,
  ENOTFOUND: () => 'The host in DATABASE_URL is not known. Is its name right?',
  EAI_AGAIN: () =>
    'The host in DATABASE_URL could not be looked up. Does this machine reach its name server?',
  ETIMEDOUT: () =>
    'The host in DATABASE_URL does not answer. A firewall or security group may not allow this machine.',
  '28P01': () => 'The database refused the password in DATABASE_URL.',
  '28000': () => 'The database refused the user in DATABASE_URL.',
  '3D000': () => 'The database named in DATABASE_URL does not exist. Create it, or correct the name.',
  '42501': (error) => `The database user lacks a right: ${error.message}`,
  '53300': () => 'The database has no connection left. Raise its max_connections, or lower DB_POOL_MAX.',
};

function causes(error: unknown): SystemError[] {
  const found: SystemError[] = [];
  for (let current = error; current instanceof Error && found.length < 10; current = current.cause) {
    found.push(current);
    if (current instanceof AggregateError) found.push(...(current.errors as SystemError[]));
  }
  return found;
}

/** Words for a connection to the database that failed by no code of its own; null where there are none. */
function explainConnection(message: string): string | null {
  const why = `The connection to the database could not be secured: ${message}`;
  if (/self.signed certificate|unable to (verify|get)/.test(message))
    return `${why}. If the certificate is of an authority of your own or of a cloud provider, set DATABASE_CA_FILE to its file`;
  if (/SSL connections|does not match certificate/.test(message)) return why;
  const refused = /unsupported startup parameter: (\w+)/.exec(message);
  return refused && `PgBouncer refuses ${refused[1]}. Add it to ignore_startup_parameters in pgbouncer.ini.`;
}

/** Words for a start that failed because of Redis. */
function explainRedis({ cause }: RedisError): string {
  const { code, message = '' } = (cause ?? {}) as SystemError;
  if (/^(WRONGPASS|NOAUTH|ERR AUTH)|authenticat/.test(message))
    return 'Redis refused the user or password in REDIS_URL.';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return 'The host in REDIS_URL is not known. Is its name right?';
  if (/certificate|SSL|TLS/i.test(message)) return `The connection to Redis could not be secured: ${message}`;
  if (code === 'ECONNREFUSED' || code === 'ETIMEDOUT' || /timed out/.test(message))
    return 'Redis does not answer at the address in REDIS_URL. Is it running, and are host and port right?';
  return `Redis at the address in REDIS_URL cannot be used: ${message}`;
}

/** What a person should read when the program cannot start; null when only the stack can tell. */
export function explainStartError(error: unknown): string | null {
  if (error instanceof ConfigError || error instanceof RestoreUnfinished) return error.message;
  if (error instanceof RedisError) return explainRedis(error);
  for (const cause of causes(error)) {
    const explain = cause.code === undefined ? undefined : EXPLANATIONS[cause.code];
    if (explain !== undefined) return explain(cause);
    if (/timeout expired|timeout exceeded when trying to connect/.test(cause.message))
      return EXPLANATIONS.ETIMEDOUT?.(cause) ?? null;
    const untold = explainConnection(cause.message);
    if (untold !== null) return untold;
  }
  return null;
}

/** Prints why the start failed, in plain words where there are any, and ends the process: 2 for its settings, else 1. */
export function failStart(error: unknown): never {
  console.error(explainStartError(error) ?? error);
  process.exit(error instanceof ConfigError ? EXIT_CONFIG : EXIT_FAILURE);
}
