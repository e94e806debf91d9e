import { createClient } from '../harness/client.ts';
import { waitFor } from '../harness/wait.ts';
import { ZONE } from './clock.ts';

export const PASSWORD = 'a quiet harbour at dawn';
const MAIL_MS = 10_000;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Ask = <T = { id: string }>(method: Method, path: string, json?: unknown) => Promise<T>;

interface SignedIn {
  tokens: { accessToken: string };
}

/** Somebody who uses the product over HTTP, as a script would. */
export interface Person {
  email: string;
  ask: Ask;
  /** Attaches a file to a task. */
  attach(taskId: string, name: string, content: Uint8Array): Promise<void>;
  /** Begins a new session, as an access token does not outlive a jump of the clock. */
  signIn(): Promise<void>;
  signOut(): Promise<void>;
}

/** @param url where the product listens */
export async function signUp(url: string, name: string, email: string): Promise<Person> {
  const client = createClient(url);
  let headers: Record<string, string> = {};

  const ask: Ask = async <T>(method: Method, path: string, json?: unknown) => {
    const { status, body } = await client.send(path, { method, headers, json });
    if (status >= 400) throw new Error(`${method} ${path} said ${status}: ${JSON.stringify(body)}`);
    return body as T;
  };
  const signIn = async () => {
    headers = {};
    const { tokens } = await ask<SignedIn>('POST', '/v1/auth/login', {
      identifier: email,
      password: PASSWORD,
    });
    headers = { authorization: `Bearer ${tokens.accessToken}` };
  };
  const attach = async (taskId: string, fileName: string, content: Uint8Array) => {
    const form = new FormData();
    form.set('files', new Blob([new Uint8Array(content)]), fileName);
    const answer = await fetch(`${url}/v1/tasks/${taskId}/attachments`, {
      method: 'POST',
      headers,
      body: form,
    });
    if (!answer.ok) throw new Error(`attaching said ${answer.status}: ${await answer.text()}`);
  };

  await ask('POST', '/v1/auth/signup', { email, password: PASSWORD, name, timeZone: ZONE });
  const code = await waitFor(
    async () => /\b\d{6}\b/.exec((await client.mailbox(email))[0]?.text ?? '')?.[0],
    MAIL_MS,
    `the code for ${email}`,
  );
  const { tokens } = await ask<SignedIn>('POST', '/v1/auth/signup/verify', { email, code });
  headers = { authorization: `Bearer ${tokens.accessToken}` };
  return { email, ask, attach, signIn, signOut: () => ask('POST', '/v1/auth/logout', {}) };
}
