import { LANGUAGES } from '@spacedly/contracts';
import { escapeHtml as e } from '../templates/escape.ts';
import type { Content, RenderContext } from '../templates/messages.ts';
import { render } from '../templates/render.ts';
import { samples } from '../templates/samples.ts';
import { frameOf } from './page.ts';
import { STYLE } from './style.ts';

export interface TemplatesPage {
  /** Only messages of this kind, or all. */
  kind: string | undefined;
  locale: string;
  publicUrl: string;
  now: Date;
}

const path = (kind: string | undefined, locale: string) =>
  `/dev/mailbox/templates?${new URLSearchParams({ ...(kind && { kind }), locale })}`;

/** Like a real one, so that the footer and the buttons are seen as people see them. */
function contextOf({ locale, publicUrl, now }: TemplatesPage): RenderContext {
  const link = `${publicUrl}/v1/notifications/links/sample`;
  const actions = { complete: link, snooze: link, tomorrow: link };
  return { publicUrl, locale, timeZone: 'Europe/Berlin', now, unsubscribeUrl: link, actions };
}

function card(content: Content, page: TemplatesPage): string {
  const context = contextOf(page);
  const mail = render('email', content, context);
  const push = render('push', content, context);
  const sms = render('sms', content, context);
  return (
    `<article><div class="row"><a class="badge" href="${e(path(content.kind, page.locale))}">${e(content.kind)}</a></div>` +
    `<h2 dir="auto">${e(mail.subject)}</h2>${frameOf(mail.html)}` +
    `<details><summary>Text part</summary><pre dir="auto">${e(mail.text)}</pre></details>` +
    `<details><summary>SMS and push</summary><pre dir="auto">${e(sms.text)}</pre>` +
    `<pre dir="auto">${e(`${push.subject}\n${push.text}`)}</pre></details></article>`
  );
}

/** Every message as it looks, in a language. */
export function templatesPage(page: TemplatesPage): string {
  const { kind, locale } = page;
  const shown = samples.filter((content) => kind === undefined || content.kind === kind);
  const languages = LANGUAGES.map((one) =>
    one === locale ? `<b>${one}</b>` : `<a href="${e(path(kind, one))}">${one}</a>`,
  ).join(' · ');
  const all = kind === undefined ? '' : `<a href="${e(path(undefined, locale))}">All</a> · `;
  const cards = shown.map((content) => card(content, page)).join('');
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width,initial-scale=1">' +
    `<title>Messages</title><style>${STYLE}</style></head><body><main>` +
    `<header><h1>Messages</h1><nav>${all}${languages} · <a href="/dev/mailbox">Mailbox</a></nav></header>` +
    `${cards || '<p class="empty">There is no such message.</p>'}</main></body></html>`
  );
}
