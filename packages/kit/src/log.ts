import { type Logger as PinoLogger, pino, stdSerializers } from 'pino';
import type { Config } from './config/schema.ts';

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

/**
 * An error without what it carries of people's data: a failed query names its parameters and PostgreSQL's detail
 * repeats the values, so only the cause with its code, constraint and stack is written.
 */
function serializeError(error: Error): object {
  const isQuery = error?.name === 'DrizzleQueryError' || error?.message?.startsWith('Failed query:');
  const {
    detail: _,
    where: __,
    params: ___,
    query: ____,
    ...rest
  } = stdSerializers.errWithCause(isQuery && error.cause instanceof Error ? error.cause : error) as Record<
    string,
    unknown
  >;
  return rest;
}

/** JSON lines; on a terminal a person can read them. Errors keep their cause, requests carry no query string. */
export function createLogger(config: Pick<Config, 'LOG_LEVEL'>, name: string): Logger {
  const isTerminal = process.stdout.isTTY === true;
  return pino({
    name,
    level: config.LOG_LEVEL,
    redact: { paths: redactPaths, censor: '[redacted]' },
    serializers: { err: serializeError },
    ...(isTerminal && {
      transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname', translateTime: 'HH:MM:ss' } },
    }),
  });
}
