import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { authRoutes, type Tokens, type User } from '@spacedly/contracts';
import { call, viaInject } from '../call.ts';
import type { Platform } from '../platform.ts';
import type { TestApp } from './app.ts';

export const TEST_PASSWORD = 'a quiet harbour at dawn';

export interface SignedUp extends Pick<Tokens, 'accessToken' | 'refreshToken'> {
  user: User;
  email: string;
  password: string;
  /** `{ authorization: 'Bearer …' }` */
  headers: Record<string, string>;
}

const POLL_MS = 10;

/** Waits until `find` gives something. */
export async function waitFor<T>(
  find: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  timeoutMs = 10_000,
  what = 'what the test waits for',
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== null && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`${what} did not happen within ${timeoutMs} ms`);
    await delay(POLL_MS);
  }
}

/** Payloads of an event as they lie in the outbox, oldest first, whether or not they were handled already. */
export async function publishedEvents(
  { database }: Platform,
  name: string,
): Promise<Record<string, string>[]> {
  const { rows } = await database.pool.query(
    `SELECT data->'data' AS data FROM jobs.job WHERE name LIKE 'events.%' AND data->>'name' = $1 ORDER BY data->>'id'`,
    [name],
  );
  return rows.map((row) => row.data);
}

/** The newest code sent to an address, unsealed from the outbox: it needs no service that delivers it. */
export async function issuedCode(platform: Platform, to: string): Promise<string> {
  const issued = (await publishedEvents(platform, 'code.issued')).filter((data) => data.to === to);
  const newest = issued.at(-1);
  if (newest === undefined) throw new Error(`no code was issued for ${to}`);
  return platform.secrets.open(newest.sealedCode as string);
}

/** Signs a person up through the routes of the auth service. */
export async function signUp(
  { app, platform }: Pick<TestApp, 'app' | 'platform'>,
  { name = 'Ada Example', email = `${randomBytes(6).toString('hex')}@example.com` } = {},
): Promise<SignedUp> {
  const transport = viaInject(() => app);
  const password = TEST_PASSWORD;
  await call(transport, authRoutes.signup, { body: { email, password, name } });
  const code = await issuedCode(platform, email);
  const { body } = await call(transport, authRoutes.verifySignup, { body: { email, code } });
  const { accessToken, refreshToken } = body.tokens as Tokens;
  const headers = { authorization: `Bearer ${accessToken}` };
  return { user: body.user as User, email, password, accessToken, refreshToken, headers };
}
