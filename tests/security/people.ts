import { randomBytes } from 'node:crypto';
import { createClient } from '../harness/client.ts';
import { waitFor } from '../harness/wait.ts';

export const PASSWORD = 'a quiet harbour at dawn';

export const newEmail = () => `${randomBytes(8).toString('hex')}@example.com`;

/** What an attacker and a victim do, over HTTP alone. */
export function createPeople(url: string) {
  const client = createClient(url);
  const post = <T = Record<string, unknown>>(
    path: string,
    json: unknown,
    headers: Record<string, string> = {},
  ) => client.send<T>(path, { method: 'POST', json, headers });

  /** The newest six-digit code mailed to an address after `since`. */
  const code = (to: string, since = 0) =>
    waitFor(
      async () => {
        const mails = (await client.mailbox(to)).filter(({ createdAt }) => Date.parse(createdAt) >= since);
        return /\b\d{6}\b/.exec(mails[0]?.text ?? '')?.[0];
      },
      10_000,
      `a code for ${to}`,
    );

  const login = (identifier: string, password = PASSWORD, headers = {}) =>
    post<{ tokens: { accessToken: string; refreshToken: string } }>(
      '/v1/auth/login',
      { identifier, password },
      headers,
    );

  const me = (accessToken: string) =>
    client.send<{ role: string; email: string }>('/v1/users/me', {
      headers: { authorization: `Bearer ${accessToken}` },
    });

  return { ...client, post, code, login, me };
}

export const times = <T>(count: number, run: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)));

export const countOf = (statuses: number[], status: number) =>
  statuses.filter((seen) => seen === status).length;

/** Another code than the right one. */
export const wrongCode = (right: string) => String((Number(right) + 1) % 1_000_000).padStart(6, '0');
