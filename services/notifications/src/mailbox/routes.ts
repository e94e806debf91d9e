import { type MailboxMessage, mailboxRoutes } from '@spacedly/contracts';
import { bindRoute, ok, type Platform } from '@spacedly/kit';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { mailboxPage, PAGE_POLICY } from './page.ts';
import { findMessages, MAX_MESSAGES, type MailboxRow } from './store.ts';
import { templatesPage } from './templates-page.ts';

const MESSAGES_ON_PAGE = 50;

function toMessage(row: MailboxRow): MailboxMessage {
  const { id, channel, to, subject, text, html, createdAt } = row;
  return { id, channel, to, subject, text, html, createdAt: createdAt.toISOString() };
}

/** An emptied form field comes as `to=`. */
const filterOf = (to: string | undefined) => to?.trim() || undefined;

/** The local mailbox, as JSON and as a page. Register only where the mailbox takes the messages. */
export function registerMailboxRoutes(app: FastifyInstance, { database, config, now }: Platform): void {
  const { db } = database;
  const sendPage = (reply: FastifyReply, page: string) =>
    reply
      .header('content-security-policy', PAGE_POLICY)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page);

  bindRoute(app, mailboxRoutes.listMailbox, async ({ query: { to, since } }) => {
    const rows = await findMessages(db, { to: filterOf(to), since, limit: MAX_MESSAGES });
    return ok({ items: rows.map(toMessage) });
  });

  bindRoute(app, mailboxRoutes.showMailbox, async ({ query, reply }) => {
    const to = filterOf(query.to);
    const messages = await findMessages(db, { to, limit: MESSAGES_ON_PAGE });
    const page = mailboxPage({ messages, to: to ?? '', isRefreshing: query.refresh === true });
    await sendPage(reply, page);
    return ok(undefined);
  });

  bindRoute(app, mailboxRoutes.showTemplates, async ({ query: { kind, locale = 'en' }, reply }) => {
    const page = templatesPage({ kind, locale, publicUrl: config.PUBLIC_URL, now: now() });
    await sendPage(reply, page);
    return ok(undefined);
  });
}
