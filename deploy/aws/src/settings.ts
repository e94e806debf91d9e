import { type Config, ConfigError, createLogger, type Logger, loadConfig } from '@spacedly/kit';
import { z } from 'zod';
import { readSecrets } from './secrets.ts';

/** What the functions know besides the settings of the product: where their secrets are, and whom to wake. */
export const ownSettings = z.object({
  /** Secret whose fields are settings of the product, such as SPACEDLY_SECRET or SENDGRID_API_KEY. */
  SETTINGS_SECRET_ARN: z.string().optional(),
  /** Secret with `username` and `password` of the database, as RDS keeps it. */
  DATABASE_SECRET_ARN: z.string().optional(),
  /** Where that database answers: its proxy, or itself. */
  DATABASE_HOST: z.string().optional(),
  /** SNS topic that is told of new work. */
  WAKE_TOPIC_ARN: z.string().optional(),
});

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Installation {
  config: Config;
  log: Logger;
  databaseUrl: string;
  secret: string;
  wakeTopicArn: string | undefined;
}

/**
 * Everything a function needs to know, its secrets included.
 * @throws ConfigError naming what is missing or wrong; an error of AWS when a secret cannot be read
 */
export async function readInstallation(env: Environment, name: string): Promise<Installation> {
  const own = ownSettings.parse(env);
  const config = loadConfig({ ...env, ...(await readSecrets(own)) });
  const { DATABASE_URL: databaseUrl, SPACEDLY_SECRET: secret } = config;
  const missing = [];
  if (databaseUrl === undefined) missing.push('DATABASE_URL: a function keeps no database of its own');
  if (secret === undefined) missing.push('SPACEDLY_SECRET: a function has no disk to keep a created one on');
  if (databaseUrl === undefined || secret === undefined) throw new ConfigError(missing);
  return { config, log: createLogger(config, name), databaseUrl, secret, wakeTopicArn: own.WAKE_TOPIC_ARN };
}
