import { randomBytes } from 'node:crypto';
import type { MailboxMessage, ProblemBody, User } from '@spacedly/contracts';
import { waitFor } from './wait.ts';

/** A person at the other end of the wire: plain HTTP, nothing of the server's own code. */
export interface Person {
  user: User;
  email: string;
  password: string;
  accessToken: string;
  refreshToken: string;
  headers: Record<string, string>;
}

export interface Reply<T = unknown> {
  status: number;
  headers: Headers;
  body: T;
}

export interface Send {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  body?: string | Uint8Array;
}

const MAIL_MS = 10_000;

/** Makes requests to a running system. */
export function createClient(url: string) {
  async function send<T = unknown>(path: string, options: Send = {}): Promise<Reply<T>> {
    const { method = 'GET', headers = {}, json, body } = options;
    const answer = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: { ...(json !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(json !== undefined ? { body: JSON.stringify(json) } : body !== undefined && { body }),
    });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '') && text !== '';
    return { status: answer.status, headers: answer.headers, body: (isJson ? JSON.parse(text) : text) as T };
  }

  /** Messages to an address in the local mailbox, newest first. */
  async function mailbox(to: string): Promise<MailboxMessage[]> {
    const path = `/dev/mailbox/messages?to=${encodeURIComponent(to)}`;
    return (await send<{ items: MailboxMessage[] }>(path)).body.items;
  }

  /** Signs a person up as one does in the app, with the code from the mail. */
  async function signUp(name = 'Ada Example'): Promise<Person> {
    const email = `${randomBytes(6).toString('hex')}@example.com`;
    const password = 'a quiet harbour at dawn';
    const asked = await send('/v1/auth/signup', { method: 'POST', json: { email, password, name } });
    if (asked.status !== 202) throw new Error(`sign-up said ${asked.status}: ${JSON.stringify(asked.body)}`);
    const code = await waitFor(
      async () => /\b\d{6}\b/.exec((await mailbox(email))[0]?.text ?? '')?.[0],
      MAIL_MS,
      `the code for ${email}`,
    );
    const verified = await send<{ user: User; tokens: { accessToken: string; refreshToken: string } }>(
      '/v1/auth/signup/verify',
      { method: 'POST', json: { email, code } },
    );
    if (verified.status !== 201) throw new Error(`the code was refused: ${JSON.stringify(verified.body)}`);
    const { user, tokens } = verified.body;
    return { user, email, password, ...tokens, headers: { authorization: `Bearer ${tokens.accessToken}` } };
  }

  return { url, send, mailbox, signUp };
}

export type Client = ReturnType<typeof createClient>;
export type ProblemReply = Reply<ProblemBody>;
