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

/** JSON lines; on a terminal a person can read them. Errors keep their cause, requests carry no query string. */
export function createLogger(config: Pick<Config, 'LOG_LEVEL'>, name: string): Logger {
  const isTerminal = process.stdout.isTTY === true;
  return pino({
    name,
    level: config.LOG_LEVEL,
    redact: { paths: redactPaths, censor: '[redacted]' },
    serializers: { err: stdSerializers.errWithCause },
    ...(isTerminal && {
      transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname', translateTime: 'HH:MM:ss' } },
    }),
  });
}
