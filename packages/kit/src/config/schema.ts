import { isIP } from 'node:net';
import { z } from 'zod';
import { databaseSettings } from './database.ts';
import { commaList, onOff, optional, webAddresses, wholeNumber } from './fields.ts';
import { frontSettings } from './front.ts';
import { messagingSettings } from './messaging.ts';
import { observingSettings } from './observing.ts';

/** An IP address, or a network in CIDR notation. */
function isNetwork(entry: string): boolean {
  const [address = '', prefix] = entry.split('/', 2);
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address) as 0 | 4 | 6];
  return bits > 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits));
}

/** Every setting of the product: name, meaning, default, example. `.env.example` is generated from here. */
export const configSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development').meta({
    description: 'production refuses weak secrets and an http PUBLIC_URL, and has no local mailbox',
  }),
  HOST: z.string().default('localhost').meta({
    description: 'Address to listen on; 0.0.0.0 to be reachable from other machines',
  }),
  PORT: wholeNumber(0, 65_535).default(3000).meta({ description: 'Port to listen on' }),
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/ })).meta({
    description: 'Address people use; links in mails and cookies follow it. Default http://localhost:PORT',
    example: 'https://plan.example.com',
  }),
  DATA_DIR: z.string().min(1).default('./data').meta({
    description: 'Where the embedded database, the stored files and the created secret live',
  }),
  SPACEDLY_SECRET: optional(z.string().min(32)).meta({
    description: 'Seals keys and codes; at least 32 random characters. Created in DATA_DIR when not set',
    example: 'openssl rand -base64 48',
  }),
  ...databaseSettings,
  SIGN_INS_AT_ONCE: optional(wholeNumber(1, 100)).meta({
    description:
      'Sign-ins by password that go on at once; the others wait. Default one for each core, at most half of DB_POOL_MAX',
  }),
  NUMBERS_KEPT_MB: wholeNumber(0, 10_000).default(16).meta({
    description:
      'Memory of each process for analytics, streaks and heat maps that are sent again while nothing changed, in MB; 0 for none',
  }),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((entry) => entry.trim() || []))
    .refine(
      (entries) => entries.every(isNetwork),
      'must be addresses or networks such as 10.0.0.0/8, with commas',
    )
    .meta({
      description:
        'Proxies in front whose X-Forwarded-For is believed, as addresses or networks with commas. Default none',
      example: '127.0.0.1, 10.0.0.0/8',
    }),
  ...frontSettings,
  ...observingSettings,
  DRAIN_DELAY: wholeNumber(0, 300).default(0).meta({
    description: 'Seconds to keep serving after SIGTERM while /health/ready says 503',
  }),
  DEV_MAILBOX: optional(onOff).meta({
    description:
      'Keep messages that no provider takes in the local mailbox (/dev/mailbox). On while no provider is set up; off in production unless 1',
  }),
  CODES_PER_IP_HOUR: optional(wholeNumber(1, 1_000_000)).meta({
    description:
      'Codes one network may ask for in an hour. Default 20; 1000 with the local mailbox, where nothing is sent',
    example: '20',
  }),
  CODES_PER_HOUR: wholeNumber(1, 1_000).default(5).meta({
    description: 'Codes of one kind that one address gets in an hour',
  }),
  PASSWORD_RESETS_PER_HOUR: wholeNumber(1, 1_000).default(3).meta({
    description: 'Password resets that can be asked for one address in an hour',
  }),
  LOGIN_FAILURES: wholeNumber(1, 10_000).default(5).meta({
    description: 'Wrong passwords for one account from one network in 15 minutes; then the wait doubles',
  }),
  LOGIN_FAILURES_PER_IP: wholeNumber(1, 1_000_000).default(100).meta({
    description: 'Wrong passwords from one network in 15 minutes, over all accounts',
  }),
  LOGIN_FAILURES_PER_ACCOUNT: wholeNumber(1, 1_000_000).default(30).meta({
    description:
      'Wrong passwords for one account in 15 minutes from anywhere; then unknown devices are slowed',
  }),
  GOOGLE_CLIENT_ID: optional(z.string()).meta({
    description: 'Sign-in with Google: the client id of a web application at console.cloud.google.com',
    example: '1234567890-abc.apps.googleusercontent.com',
  }),
  GOOGLE_CLIENT_SECRET: optional(z.string()).meta({
    description: 'The secret of that client; its redirect URI is PUBLIC_URL/v1/auth/google/callback',
  }),
  OIDC_ISSUER: optional(z.url({ protocol: /^https?$/ })).meta({
    description: 'Sign-in with another OpenID Connect provider instead of Google; https, but on this machine',
    example: 'https://login.example.com/realms/team',
  }),
  OIDC_CLIENT_ID: optional(z.string()).meta({ description: 'Client id at that provider' }),
  OIDC_CLIENT_SECRET: optional(z.string()).meta({
    description: 'Client secret at that provider; empty for a public client',
  }),
  OIDC_NAME: optional(z.string().max(40)).meta({
    description: 'What the sign-in page calls that provider',
    example: 'Example Corp',
  }),
  COGNITO_USER_POOL_ID: optional(z.string().regex(/^[\w-]+_\w+$/)).meta({
    description: 'Amazon Cognito user pool whose access tokens are accepted too',
    example: 'eu-central-1_Ab12Cd34E',
  }),
  COGNITO_CLIENT_IDS: optional(commaList).meta({
    description: 'App clients of that pool whose tokens are accepted, with commas',
    example: '2abc3defg4hij5klm6nop7qrs8',
  }),
  COGNITO_JWKS_FILE: optional(z.string()).meta({
    description: 'Public keys of that pool in a file (JWKS), for machines that cannot reach AWS',
  }),
  STORAGE: z.enum(['disk', 's3', 'cloudinary']).default('disk').meta({
    description: 'Where files are kept: under DATA_DIR, in a bucket, or at Cloudinary',
  }),
  S3_BUCKET: optional(z.string()).meta({ description: 'Bucket for files', example: 'spacedly-files' }),
  S3_REGION: z.string().min(1).default('us-east-1').meta({ description: 'Region of the bucket' }),
  S3_ENDPOINT: optional(z.url({ protocol: /^https?$/ })).meta({
    description: 'Server that speaks the S3 protocol, where it is not Amazon',
    example: 'https://minio.example.com',
  }),
  S3_ACCESS_KEY_ID: optional(z.string()).meta({
    description: 'Key of the bucket; without one the role or profile of the machine is used',
  }),
  S3_SECRET_ACCESS_KEY: optional(z.string()).meta({ description: 'The secret of that key' }),
  CLOUDINARY_URL: optional(z.url({ protocol: /^cloudinary$/ })).meta({
    description: 'Account at Cloudinary, as its console shows it',
    example: 'cloudinary://key:secret@cloud-name',
  }),
  CLOUDINARY_API_URL: z
    .url({ protocol: /^https?$/ })
    .default('https://api.cloudinary.com')
    .meta({
      description: 'Where the API of Cloudinary answers; https://api-eu.cloudinary.com in Europe',
    }),
  ATTACHMENT_QUOTA_MB: wholeNumber(1, 1_000_000).default(1_024).meta({
    description: 'Megabytes of files one person may keep',
  }),
  AUDIT_KEEP_DAYS: wholeNumber(1, 36_500).default(365).meta({
    description: 'Days that rows of the audit log are kept',
  }),
  ...messagingSettings,
  AUTH_URL: optional(webAddresses).meta({
    description: 'Where the auth service runs when it is not in this process; several with commas',
    example: 'http://auth:3001',
  }),
  TASKS_URL: optional(webAddresses).meta({
    description: 'Where the tasks service runs when it is not in this process; several with commas',
    example: 'http://tasks:3002',
  }),
  DOCUMENTS_URL: optional(webAddresses).meta({
    description: 'Where the documents service runs when it is not in this process; several with commas',
    example: 'http://documents:3004',
  }),
  NOTIFICATIONS_URL: optional(webAddresses).meta({
    description: 'Where the notifications service runs when it is not in this process; several with commas',
    example: 'http://notifications:3003',
  }),
});

/** The names of all settings, for whoever checks that one exists. */
export const settingNames: readonly string[] = Object.keys(configSchema.shape);

export type ConfigInput = z.output<typeof configSchema>;

/** The settings after defaults that depend on each other are filled in. */
export interface Config extends ConfigInput {
  PUBLIC_URL: string;
  DB_POOL_MAX: number;
  DEV_MAILBOX: boolean;
  CODES_PER_IP_HOUR: number;
  isProduction: boolean;
}
