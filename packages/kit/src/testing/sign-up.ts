import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { authRoutes, type MailboxMessage, mailboxRoutes, type Tokens, type User } from '@spacedly/contracts';
import type { FastifyInstance } from 'fastify';
import { call, viaInject } from '../call.ts';

export const TEST_PASSWORD = 'a quiet harbour at dawn';

export interface SignedUp extends Pick<Tokens, 'accessToken' | 'refreshToken'> {
  user: User;
  email: string;
  password: string;
  /** `{ authorization: 'Bearer …' }` */
  headers: Record<string, string>;
}

const POLL_MS = 10;
const MAIL_MS = 5_000;

/** Waits until `find` gives something. */
export async function waitFor<T>(
  find: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  timeoutMs = MAIL_MS,
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

/** Messages to an address in the local mailbox, newest first; the notifications service must be there. */
export async function mailbox(app: FastifyInstance, to: string): Promise<MailboxMessage[]> {
  const transport = viaInject(() => app);
  return (await call(transport, mailboxRoutes.listMailbox, { query: { to } })).body.items;
}

/** Signs a person up as one does in the app: asks for an account, reads the code from the mail, confirms it. */
export async function signUp(
  app: FastifyInstance,
  { name = 'Ada Example', email = `${randomBytes(6).toString('hex')}@example.com` } = {},
): Promise<SignedUp> {
  const transport = viaInject(() => app);
  const password = TEST_PASSWORD;
  await call(transport, authRoutes.signup, { body: { email, password, name } });
  const code = await waitFor(
    async () => /\b\d{6}\b/.exec((await mailbox(app, email))[0]?.text ?? '')?.[0],
    MAIL_MS,
    `the code for ${email}`,
  );
  const { body } = await call(transport, authRoutes.verifySignup, { body: { email, code } });
  const { accessToken, refreshToken } = body.tokens as Tokens;
  const headers = { authorization: `Bearer ${accessToken}` };
  return { user: body.user as User, email, password, accessToken, refreshToken, headers };
}
