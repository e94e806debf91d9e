import { escapeHtml as e } from '../templates/escape.ts';
import type { MailboxRow } from './store.ts';
import { STYLE } from './style.ts';

export interface MailboxPage {
  /** Newest first. */
  messages: readonly MailboxRow[];
  /** Address in the filter, or empty. */
  to: string;
  isRefreshing: boolean;
}

/**
 * The page must work under `default-src 'self'`, hence no script; a mail is shown in a sandboxed frame, where
 * nothing in it can run or reach the page. Sent by the route itself, so that it holds without the gateway too.
 */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'self'";

const REFRESH_SECONDS = 3;
const NAMES = { email: 'E-mail', sms: 'SMS', push: 'Push' } as const;

/** A code stands at the beginning of a line in all our messages. */
function codeIn(text: string): string | undefined {
  return /^\d{6}\b/m.exec(text)?.[0];
}

function pagePath(to: string, isRefreshing: boolean): string {
  const query = new URLSearchParams({ ...(to && { to }), ...(isRefreshing && { refresh: '1' }) });
  return query.size === 0 ? '/dev/mailbox' : `/dev/mailbox?${query}`;
}

/** Links of a mail open in a tab of their own; in the frame they would lead nowhere. */
export function frameOf(html: string): string {
  const document = html.replace('<head>', '<head><base target="_blank">');
  return (
    '<iframe title="The mail as it looks" loading="lazy" referrerpolicy="no-referrer" ' +
    `sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${e(document)}"></iframe>`
  );
}

function contentOf({ html, text }: MailboxRow, isOpen: boolean): string {
  if (html === '') return `<pre dir="auto">${e(text)}</pre>`;
  return (
    `<details${isOpen ? ' open' : ''}><summary>Show the mail</summary>${frameOf(html)}</details>` +
    `<details><summary>Show its text part</summary><pre dir="auto">${e(text)}</pre></details>`
  );
}

function messageCard(message: MailboxRow, isOpen: boolean): string {
  const { channel, to, subject, text, createdAt } = message;
  const code = codeIn(text);
  const instant = createdAt.toISOString();
  return (
    '<article>' +
    `<div class="row"><span class="badge">${NAMES[channel]}</span>` +
    `<time class="quiet" datetime="${instant}">${instant.replace('T', ' ').slice(0, 19)} UTC</time></div>` +
    (subject === '' ? '' : `<h2 dir="auto">${e(subject)}</h2>`) +
    `<div class="quiet">to <a href="${e(pagePath(to, false))}">${e(to)}</a></div>` +
    (code === undefined ? '' : `<p class="code" title="Select and copy">${code}</p>`) +
    `${contentOf(message, isOpen)}</article>`
  );
}

/** The local mailbox as HTML; whatever came from people is escaped. */
export function mailboxPage({ messages, to, isRefreshing }: MailboxPage): string {
  const newestMail = messages.find(({ html }) => html !== '');
  const cards = messages.map((message) => messageCard(message, message === newestMail)).join('');
  const refresh = isRefreshing ? `<meta http-equiv="refresh" content="${REFRESH_SECONDS}">` : '';
  const toggle = isRefreshing ? 'Stop refreshing' : 'Refresh automatically';
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    `<meta name="viewport" content="width=device-width,initial-scale=1">${refresh}` +
    `<title>Local mailbox</title><style>${STYLE}</style></head><body><main>` +
    `<header><h1>Local mailbox</h1><nav><a href="${e(pagePath(to, isRefreshing))}">Refresh</a> · ` +
    `<a href="${e(pagePath(to, !isRefreshing))}">${toggle}</a> · ` +
    '<a href="/dev/mailbox/templates">All messages</a></nav></header>' +
    '<p class="quiet">Messages stay here instead of going out, because no provider is set up. The newest 50 are shown.</p>' +
    '<form method="get" action="/dev/mailbox" role="search">' +
    `<input name="to" value="${e(to)}" placeholder="Address" aria-label="Address" maxlength="254">` +
    '<button>Filter</button></form>' +
    (cards || '<p class="empty">Nothing here yet.</p>') +
    '</main></body></html>'
  );
}
