import { availableParallelism } from 'node:os';
import { parseEnv } from 'node:util';
import { databaseIssues, withVerifiedTls } from './database.ts';
import { certificateFileIssues, readSettingFiles } from './files.ts';
import { hasMessageProvider, messagingIssues } from './messaging.ts';
import { type Config, type ConfigInput, configSchema } from './schema.ts';

/** Thrown with every problem of the configuration at once, in words for the person who starts the program. */
export class ConfigError extends Error {
  readonly issues: readonly string[];
  constructor(issues: readonly string[]) {
    super(
      `The configuration has ${issues.length} problem(s):\n${issues.map((issue) => `  - ${issue}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.issues = issues;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Names that tests and tools use and that are no settings of the server. */
const OTHER_NAMES = new Set(['SPACEDLY_URL']);

function exampleOf(name: string): string {
  const shape = configSchema.shape as Record<string, { meta(): { example?: unknown } | undefined }>;
  const example = shape[name]?.meta()?.example;
  return example === undefined ? '' : ` (for example ${name}=${example})`;
}

function unknownNames(env: Environment): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('SPACEDLY_') && !OTHER_NAMES.has(name))
    .filter((name) => ![name, name.replace(/_FILE$/, '')].some((known) => known in configSchema.shape))
    .map((name) => `${name}: is not a setting of Spacedly; see .env.example for those that are`);
}

function productionIssues(config: ConfigInput): string[] {
  if (config.NODE_ENV !== 'production') return [];
  const issues: string[] = [];
  if (!config.PUBLIC_URL?.startsWith('https://')) {
    issues.push(`PUBLIC_URL: must be an https address in production${exampleOf('PUBLIC_URL')}`);
  }
  const secret = config.SPACEDLY_SECRET;
  if (secret !== undefined && new Set(secret).size < 12) {
    issues.push(`SPACEDLY_SECRET: is too easy to guess; make one with ${'`openssl rand -base64 48`'}`);
  }
  return issues;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function providerIssues(config: ConfigInput): string[] {
  const issues: string[] = [];
  const { OIDC_ISSUER, OIDC_CLIENT_ID, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET } = config;
  if ((OIDC_ISSUER === undefined) !== (OIDC_CLIENT_ID === undefined)) {
    issues.push('OIDC_ISSUER: goes together with OIDC_CLIENT_ID; set both or neither');
  }
  if ((GOOGLE_CLIENT_ID === undefined) !== (GOOGLE_CLIENT_SECRET === undefined)) {
    issues.push('GOOGLE_CLIENT_ID: goes together with GOOGLE_CLIENT_SECRET; set both or neither');
  }
  if (OIDC_ISSUER !== undefined && GOOGLE_CLIENT_ID !== undefined) {
    issues.push('OIDC_ISSUER: there is one sign-in provider; set this or GOOGLE_CLIENT_ID');
  }
  if (OIDC_ISSUER?.startsWith('http:') && !LOOPBACK.has(new URL(OIDC_ISSUER).hostname)) {
    issues.push(`OIDC_ISSUER: must be an https address${exampleOf('OIDC_ISSUER')}`);
  }
  if (config.COGNITO_USER_POOL_ID !== undefined && config.COGNITO_CLIENT_IDS === undefined) {
    issues.push('COGNITO_CLIENT_IDS: must name the app clients whose tokens are accepted');
  }
  return issues;
}

function storageIssues(config: ConfigInput): string[] {
  const issues: string[] = [];
  if (config.STORAGE === 's3' && config.S3_BUCKET === undefined)
    issues.push(`S3_BUCKET: must name the bucket when STORAGE=s3${exampleOf('S3_BUCKET')}`);
  if ((config.S3_ACCESS_KEY_ID === undefined) !== (config.S3_SECRET_ACCESS_KEY === undefined))
    issues.push('S3_ACCESS_KEY_ID: goes together with S3_SECRET_ACCESS_KEY; set both or neither');
  if (config.STORAGE === 'cloudinary' && !/:\/\/[^:]+:[^@]+@/.test(config.CLOUDINARY_URL ?? ''))
    issues.push(`CLOUDINARY_URL: must name key, secret and cloud${exampleOf('CLOUDINARY_URL')}`);
  return issues;
}

/** The address of the database with TLS and its authorities, for whoever connects. */
function secured(config: ConfigInput): Pick<ConfigInput, 'DATABASE_URL' | 'DATABASE_DIRECT_URL'> {
  const { DATABASE_URL, DATABASE_DIRECT_URL, DATABASE_CA_FILE } = config;
  return {
    ...(DATABASE_URL !== undefined && { DATABASE_URL: withVerifiedTls(DATABASE_URL, DATABASE_CA_FILE) }),
    ...(DATABASE_DIRECT_URL !== undefined && {
      DATABASE_DIRECT_URL: withVerifiedTls(DATABASE_DIRECT_URL, DATABASE_CA_FILE),
    }),
  };
}

/**
 * Reads the configuration from an environment, and the files that it names.
 * @param env usually `process.env`; any setting may be in the file that `<NAME>_FILE` names
 * @param dotenv text of a `.env` file; the environment wins over it
 * @throws ConfigError naming every problem at once; values are never repeated, as they may be secrets
 */
export function loadConfig(env: Environment, dotenv = ''): Config {
  const given: Environment = { ...parseEnv(dotenv), ...env };
  const { env: merged, issues } = readSettingFiles(given, Object.keys(configSchema.shape));
  const parsed = configSchema.safeParse(merged);
  issues.push(...unknownNames(given));
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0]);
      issues.push(`${name}: ${issue.message}${exampleOf(name)}`);
    }
    throw new ConfigError(issues);
  }
  issues.push(
    ...productionIssues(parsed.data),
    ...providerIssues(parsed.data),
    ...messagingIssues(parsed.data),
    ...storageIssues(parsed.data),
    ...databaseIssues(parsed.data),
    ...certificateFileIssues('DATABASE_CA_FILE', parsed.data.DATABASE_CA_FILE),
  );
  if (issues.length > 0) throw new ConfigError(issues);
  const config = parsed.data;
  const isProduction = config.NODE_ENV === 'production';
  const hasMailbox = config.DEV_MAILBOX ?? (!isProduction && !hasMessageProvider(config));
  return {
    ...config,
    ...secured(config),
    isProduction,
    PUBLIC_URL: (config.PUBLIC_URL ?? `http://localhost:${config.PORT}`).replace(/\/$/, ''),
    DB_POOL_MAX: config.DB_POOL_MAX ?? Math.max(5, availableParallelism() * 2 + 1),
    DEV_MAILBOX: hasMailbox,
    CODES_PER_IP_HOUR: config.CODES_PER_IP_HOUR ?? (hasMailbox ? 1_000 : 20),
  };
}
