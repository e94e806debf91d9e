import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import type { ownSettings } from './settings.ts';

const settings = z.record(z.string(), z.string());
const credentials = z.object({ username: z.string(), password: z.string() });

const DATABASE = 'spacedly';

/** Why a secret cannot be used, without a word of what it holds. */
function parseSecret<T>(schema: z.ZodType<T>, arn: string, text: string | undefined): T {
  try {
    return schema.parse(JSON.parse(text ?? ''));
  } catch {
    throw new Error(`the secret ${arn} does not hold what it should`);
  }
}

/**
 * Settings that are secrets, from Secrets Manager: read as a function begins and never written down. An environment
 * would show them to everybody who may look at the function.
 */
export async function readSecrets({
  SETTINGS_SECRET_ARN,
  DATABASE_SECRET_ARN,
  DATABASE_HOST,
}: z.output<typeof ownSettings>): Promise<Record<string, string>> {
  if (SETTINGS_SECRET_ARN === undefined && DATABASE_SECRET_ARN === undefined) return {};
  const client = new SecretsManagerClient({});
  const read = async <T>(schema: z.ZodType<T>, arn: string) =>
    parseSecret(schema, arn, (await client.send(new GetSecretValueCommand({ SecretId: arn }))).SecretString);
  const [own, login] = await Promise.all([
    SETTINGS_SECRET_ARN === undefined ? {} : read(settings, SETTINGS_SECRET_ARN),
    DATABASE_SECRET_ARN === undefined ? null : read(credentials, DATABASE_SECRET_ARN),
  ]).finally(() => client.destroy());
  if (login === null) return own;
  const [user, password] = [login.username, login.password].map(encodeURIComponent);
  return { ...own, DATABASE_URL: `postgres://${user}:${password}@${DATABASE_HOST}:5432/${DATABASE}` };
}
