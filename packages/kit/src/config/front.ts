import { z } from 'zod';
import { optional, wholeNumber } from './fields.ts';

/** `100/10s`: a bucket of 100, refilled evenly over 10 seconds; `3/h` is `3/1h`; `off` for no limit. */
export const LIMIT_PATTERN = /^(off|[1-9]\d{0,8}\/\d{0,5}[smhd])$/;

const limit = (standard: string, description: string) =>
  z
    .string()
    .regex(LIMIT_PATTERN, 'must be a number for a time such as 100/10s, 5/15m or 3/h, or off')
    .default(standard)
    .meta({ description });

const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((entry) => entry.trim() || []));

/** The limits that routes of the gateway may be under. */
export const LIMIT_NAMES = ['default', 'auth', 'code', 'reset', 'upload'] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

/** Exactly what a browser sends as `Origin`: scheme, host and port, without a path. */
const isOrigin = (text: string) => {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text;
};

/** What the gateway asks of those who come from outside. */
export const frontSettings = {
  CORS_ORIGINS: list
    .refine(
      (origins) => origins.every(isOrigin),
      'must name origins such as https://app.example.com with commas',
    )
    .meta({
      description:
        'Web pages elsewhere that may use the API with the session of their visitor, by their origins. Default none',
      example: 'https://app.example.com',
    }),
  CONFIG_FILE: optional(z.string()).meta({
    description:
      'File with the routes to servers of your own (docs/guide/gateway.md). Default spacedly.config.json where there is one; read again on SIGHUP',
    example: '/etc/spacedly/spacedly.config.json',
  }),
  GATEWAY_ROUTES: optional(z.string()).meta({
    description: 'Those routes themselves, as JSON, in place of the file',
    example: '[{"name":"billing","path":"/billing","upstreams":["http://10.0.0.5:8080"]}]',
  }),
  STREAM_SECONDS: wholeNumber(0, 900).default(900).meta({
    description:
      'Longest life of a live stream of notifications, in seconds. 0 where answers cannot be streamed (AWS Lambda): pages then look every 20 seconds',
  }),
  REDIS_URL: optional(z.url({ protocol: /^rediss?$/ })).meta({
    description:
      'Redis that the instances share their limits and signals through; rediss:// for TLS. The same for every process',
    example: 'redis://:secret@redis.example.com:6379',
  }),
  REDIS_PREFIX: z
    .string()
    .regex(/^[\w:.-]{1,64}$/)
    .default('spacedly:')
    .meta({ description: 'What names of keys and channels in Redis begin with; one for each installation' }),
  RATE_LIMIT_DEFAULT: limit(
    '100/10s',
    'Requests of one client: 100/10s is 100 at once and 10 more each second. A client is a user or, unknown, a network',
  ),
  RATE_LIMIT_UPLOAD: limit('10/1h', 'Uploads of one client'),
  RATE_LIMIT_AUTH: limit(
    '5/15m',
    'Failed answers to one client on routes of the class auth; our own sign-in has LOGIN_FAILURES',
  ),
  RATE_LIMIT_CODE: limit('5/15m', 'Failed answers to one client on routes of the class code'),
  RATE_LIMIT_RESET: limit('3/1h', 'Requests of one client to routes of the class reset'),
  RATE_LIMIT_FAIL_CLOSED: list
    .refine(
      (names) => names.every((name) => (LIMIT_NAMES as readonly string[]).includes(name)),
      `must name limits (${LIMIT_NAMES.join(', ')}) with commas`,
    )
    .meta({
      description:
        'Limits whose requests get 503 while Redis is down. For the others each instance counts alone. Default none',
      example: 'auth,code',
    }),
};
