import { randomBytes } from 'node:crypto';
import type { MailboxMessage, Task } from '@spacedly/contracts';
import type { Page } from 'playwright-core';
import { waitFor } from '../harness/wait.ts';

export const PASSWORD = 'a quiet harbour at dawn';
const MAIL_MS = 10_000;

export function newAddress(): string {
  return `${randomBytes(6).toString('hex')}@example.com`;
}

/** Waits for a message in the local mailbox. */
export function mailTo(page: Page, to: string, matches: RegExp): Promise<MailboxMessage> {
  return waitFor(
    async () => {
      const answer = await page.request.get(`/dev/mailbox/messages?to=${encodeURIComponent(to)}`);
      const { items } = (await answer.json()) as { items: MailboxMessage[] };
      return items.find((message) => matches.test(`${message.subject}\n${message.text}`));
    },
    MAIL_MS,
    `a mail to ${to} like ${matches}`,
  );
}

/** The six digits that were sent, in the message that matches. */
export async function codeFor(page: Page, to: string, matches = /./): Promise<string> {
  const { text } = await mailTo(page, to, new RegExp(`(?=[^]*${matches.source})[^]*\\b\\d{6}\\b`, 'i'));
  return /\b\d{6}\b/.exec(text)?.[0] ?? '';
}

/** The link to a page of ours that was mailed. */
export async function linkFor(page: Page, to: string, path: string): Promise<string> {
  const pattern = new RegExp(`https?://\\S+/${path}\\?token=[\\w.-]*[\\w-]`);
  const { text } = await mailTo(page, to, pattern);
  return pattern.exec(text)?.[0] ?? '';
}

/** A change by the page's person beside the page. It says where it comes from, as a browser would. */
export async function send<T>(
  page: Page,
  method: 'POST' | 'PUT' | 'PATCH',
  path: string,
  data: unknown,
): Promise<T> {
  const answer = await page.request.fetch(path, {
    method,
    data,
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  if (!answer.ok()) throw new Error(`${method} ${path} said ${answer.status()}: ${await answer.text()}`);
  const text = await answer.text();
  return (text ? JSON.parse(text) : null) as T;
}

/** Signs the page's person up without the forms, for tests of what comes after. */
export async function signUpQuickly(page: Page, name = 'Ada'): Promise<string> {
  const email = newAddress();
  await send(page, 'POST', '/v1/auth/signup', { email, name, password: PASSWORD });
  const code = await codeFor(page, email);
  await send(page, 'POST', '/v1/auth/signup/verify', { email, code, delivery: 'cookie' });
  return email;
}

export function createTask(page: Page, task: Partial<Task>): Promise<Task> {
  return send(page, 'POST', '/v1/tasks', task);
}
