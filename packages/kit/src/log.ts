import { type DestinationStream, type LoggerOptions, type Logger as PinoLogger, pino } from 'pino';
import type { Config } from './config/schema.ts';
import { currentWork } from './context.ts';

export type Logger = PinoLogger;

/** Whatever field carries one of these names is replaced before a line is written. */
const SECRET_FIELDS = [
  'password',
  'newPassword',
  'currentPassword',
  'passwordHash',
  'code',
  'sealedCode',
  'token',
  'accessToken',
  'refreshToken',
  'secret',
  'authorization',
  'cookie',
  'set-cookie',
];

const redactPaths = SECRET_FIELDS.flatMap((field) => {
  const key = /^\w+$/.test(field) ? `.${field}` : `["${field}"]`;
  return [key.replace(/^\./, ''), `*${key}`, `*.*${key}`];
});

const MAX_CAUSES = 5;

/** Drizzle ends its messages with the values of the query, which may be anybody's secrets. */
const QUERY_VALUES = /\nparams: [\s\S]*?(?=\n {4}at |$)/;

/**
 * What a line tells of an error. Only these fields: libraries hang whole connections on their errors. `code` goes by
 * another name because fields called so are redacted. A failed query is told by its cause: its own message repeats the
 * parameters.
 */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error;
  if (error.message.startsWith('Failed query:')) return describeError(error.cause, depth + 1);
  const { code, constraint, cause } = error as Error & { code?: unknown; constraint?: unknown };
  return {
    type: error.constructor.name,
    message: error.message.replace(QUERY_VALUES, ''),
    stack: error.stack?.replace(QUERY_VALUES, ''),
    ...(code !== undefined && { errorCode: code }),
    ...(constraint !== undefined && { constraint }),
    ...(cause !== undefined && depth < MAX_CAUSES && { cause: describeError(cause, depth + 1) }),
  };
}

/** What may be kept of an error outside the log: never the text or the values of a query. */
export function safeMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message.startsWith('Failed query:')) return safeMessage(error.cause);
  return error.message.replace(QUERY_VALUES, '');
}

/** Which work a line belongs to; a line that names a field itself keeps its own. */
function workOfLine(): object {
  const work = currentWork();
  if (work === undefined) return {};
  const { requestId, request, jobId } = work;
  const userId = request?.identity?.userId;
  return { ...(requestId && { requestId }), ...(userId && { userId }), ...(jobId && { jobId }) };
}

/** How every process writes: secrets redacted, errors with their cause, each line with the work it belongs to. */
export function logOptions(config: Pick<Config, 'LOG_LEVEL'>, name: string): LoggerOptions {
  return {
    name,
    level: config.LOG_LEVEL,
    redact: { paths: redactPaths, censor: '[redacted]' },
    mixin: workOfLine,
    serializers: { err: (error: unknown) => describeError(error) },
  };
}

/** More than this is not kept for the end of a turn. */
const TOGETHER_CHARACTERS = 65_536;

/**
 * The standard output, where the lines of one turn of the event loop are written together: a write for each takes a busy
 * process a fifteenth of its time. What is written as the process ends is not lost.
 */
function writeTogether(): DestinationStream & { flushSync(): void } {
  const output = pino.destination({ fd: 1, sync: true });
  let lines = '';
  const flushSync = () => {
    if (lines === '') return;
    const text = lines;
    lines = '';
    output.write(text);
  };
  process.on('exit', flushSync);
  return {
    write(line) {
      if (lines === '') setImmediate(flushSync);
      lines += line;
      if (lines.length > TOGETHER_CHARACTERS) flushSync();
    },
    flushSync,
  };
}

/** JSON lines on the standard output; on a terminal a person can read them. */
export function createLogger(config: Pick<Config, 'LOG_LEVEL'>, name: string): Logger {
  const isTerminal = process.stdout.isTTY === true;
  const options = logOptions(config, name);
  if (!isTerminal) return pino(options, writeTogether());
  const transport = {
    target: 'pino-pretty',
    options: { ignore: 'pid,hostname', translateTime: 'HH:MM:ss' },
  };
  return pino({ ...options, transport });
}

/** For commands, whose standard output is their result: what is worth a warning, on the standard error. */
export function createCommandLogger(name: string): Logger {
  return pino(logOptions({ LOG_LEVEL: 'warn' }, name), pino.destination({ fd: 2, sync: true }));
}
