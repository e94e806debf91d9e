import { permissions, scopes } from '@spacedly/contracts';
import { LIMIT_NAMES, LIMIT_PATTERN } from '@spacedly/kit';
import { z } from 'zod';

const MINUTES_MS = 60_000;
const GIBIBYTE = 1_073_741_824;

const keysOf = <T extends object>(table: T) =>
  Object.keys(table) as [keyof T & string, ...(keyof T & string)[]];
const time = (standard: number) =>
  z
    .int()
    .min(10)
    .max(10 * MINUTES_MS)
    .default(standard);

const ADDRESS = 'must be an http or https address without a query and a password, alone or with a weight';

const address = z.string().refine((text) => {
  const url = URL.parse(text);
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.search + url.hash + url.username + url.password === ''
  );
}, ADDRESS);

const upstream = z.union(
  [
    address.transform((url) => ({ url, weight: 1 })),
    z.strictObject({ url: address, weight: z.int().min(1).max(100).default(1) }),
  ],
  { error: ADDRESS },
);

const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~\w-]{1,100}$/, 'must be the name of a header')
  .transform((name) => name.toLowerCase())
  .refine((name) => !NOT_TO_BE_SET.has(name), 'is about one connection, and the gateway’s own');
/** What describes the connection or the body's way through it. */
const NOT_TO_BE_SET = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const headers = z
  .strictObject({
    set: z
      .record(
        headerName,
        z
          .string()
          .max(4_000)
          .regex(/^[\x20-\x7e]*$/, 'must be plain text'),
      )
      .default({}),
    remove: z.array(headerName).default([]),
  })
  .default({ set: {}, remove: [] });

/** A route of the gateway to servers that are none of ours. */
export const foreignRoute = z
  .strictObject({
    /** Names it in logs and metrics. */
    name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be 1–40 of a-z, 0-9 and -, a letter first'),
    host: z
      .string()
      .toLowerCase()
      .regex(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*$/, 'must be a name such as app.example.com or *.example.com')
      .optional(),
    path: z
      .string()
      .regex(/^\/([\w.~!$&'()*+,;=:@-]+(\/[\w.~!$&'()*+,;=:@-]+)*)?$/, 'must be a path such as /billing')
      .refine((path) => !/\/\.{1,2}(\/|$)/.test(path), 'must have no part of dots alone')
      .default('/'),
    prefix: z.enum(['keep', 'strip']).default('keep'),
    upstreams: z.array(upstream).min(1).max(100),
    healthCheck: z
      .strictObject({
        path: z.string().regex(/^\/[\x21-\x7e]*$/, 'must be a path such as /healthz'),
        intervalMs: time(2_000),
        timeoutMs: time(1_000),
        unhealthyAfter: z.int().min(1).max(100).default(2),
        healthyAfter: z.int().min(1).max(100).default(1),
      })
      .optional(),
    auth: z.enum(['none', 'optional', 'required']).default('required'),
    permission: z.enum(keysOf(permissions)).optional(),
    /** What a personal access token needs; without one, none will do. */
    scope: z.enum(keysOf(scopes)).optional(),
    limit: z
      .union([
        z.enum(LIMIT_NAMES),
        z
          .string()
          .regex(
            LIMIT_PATTERN,
            `must be one of ${LIMIT_NAMES.join(', ')}, a number for a time such as 50/10s, or off`,
          ),
      ])
      .default('default'),
    bodyBytes: z
      .int()
      .min(0)
      .max(100 * GIBIBYTE)
      .default(1_048_576),
    timeouts: z
      .strictObject({ connectMs: time(1_000), answerMs: time(30_000), silenceMs: time(60_000) })
      .default({ connectMs: 1_000, answerMs: 30_000, silenceMs: 60_000 }),
    retries: z.boolean().default(true),
    webSockets: z.boolean().default(true),
    requestHeaders: headers,
    answerHeaders: headers,
  })
  .refine(({ auth, permission }) => permission === undefined || auth === 'required', {
    path: ['permission'],
    message: 'goes with "auth": "required" only',
  });

export type ForeignRoute = z.output<typeof foreignRoute>;

/** `spacedly.config.json`. */
export const configFile = z.strictObject({
  gateway: z.strictObject({ routes: z.array(foreignRoute).max(1_000).default([]) }).default({ routes: [] }),
});
