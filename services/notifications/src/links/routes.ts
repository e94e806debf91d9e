import { notificationRoutes, tasksRoutes } from '@spacedly/contracts';
import { bindRoute, call, type Platform, type Transports } from '@spacedly/kit';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { mute } from '../preferences/store.ts';
import { type Language, languageOf } from '../templates/catalogue.ts';
import { LINK_PAGE_POLICY, type LinkPage, linkPage } from './page.ts';
import { type LinkFacts, openLink } from './rules.ts';

type Said = Omit<LinkPage, 'lang' | 'open'> & { status?: 200 | 410 };

/** Forms carry nothing we read: the token is in the address. Browsers and mail programs send them in these types. */
const FORM_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

function gone({ texts }: Language): Said {
  return { ...texts.pages.gone, status: 410 };
}

/** Pages by which people act from a message, without signing in. Only a POST acts. */
export function registerLinkRoutes(app: FastifyInstance, platform: Platform, transports: Transports): void {
  const { config, secrets, database, serviceTokens, now } = platform;

  async function show(reply: FastifyReply, language: Language, { status = 200, ...said }: Said) {
    const open = { label: language.texts.pages.open, url: config.PUBLIC_URL };
    await reply
      .code(status)
      .header('content-security-policy', LINK_PAGE_POLICY)
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .type('text/html; charset=utf-8')
      .send(linkPage({ lang: language.locale, open, ...said }));
    return { status, body: undefined };
  }

  async function follow(facts: LinkFacts<'reminder'>): Promise<boolean> {
    const { userId, reminderId, action, scheduledAt } = facts;
    const context = { authorization: `Service ${serviceTokens.issue()}` };
    const input = { params: { reminderId }, body: { userId, action, scheduledAt } };
    return (await call(transports('tasks'), tasksRoutes.followReminder, input, context)).body.isDone;
  }

  void app.register(async (scope) => {
    scope.addContentTypeParser(FORM_TYPES, { parseAs: 'buffer' }, (_request, _body, done) =>
      done(null, undefined),
    );

    bindRoute(scope, notificationRoutes.showReminderLink, async ({ query, reply }) => {
      const facts = openLink(secrets, 'reminder', query.token, now());
      const language = languageOf(facts?.locale ?? 'en');
      if (facts === null) return show(reply, language, gone(language));
      const { title, button } = language.texts.pages[facts.action];
      return show(reply, language, { title: title(facts.title), button });
    });

    bindRoute(scope, notificationRoutes.followReminderLink, async ({ query, reply }) => {
      const facts = openLink(secrets, 'reminder', query.token, now());
      const language = languageOf(facts?.locale ?? 'en');
      if (facts === null || !(await follow(facts))) return show(reply, language, gone(language));
      return show(reply, language, { title: language.texts.pages[facts.action].done });
    });

    bindRoute(scope, notificationRoutes.showUnsubscribe, async ({ query, reply }) => {
      const facts = openLink(secrets, 'unsubscribe', query.token, now());
      const language = languageOf(facts?.locale ?? 'en');
      if (facts === null) return show(reply, language, gone(language));
      const { title, body, button } = language.texts.pages.unsubscribe;
      return show(reply, language, { title, body, button });
    });

    bindRoute(scope, notificationRoutes.unsubscribe, async ({ query, reply }) => {
      const facts = openLink(secrets, 'unsubscribe', query.token, now());
      const language = languageOf(facts?.locale ?? 'en');
      if (facts === null) return show(reply, language, gone(language));
      await mute(database.db, facts.userId, `${facts.type}.${facts.channel}`);
      return show(reply, language, { title: language.texts.pages.unsubscribe.done });
    });
  });
}
