import { notificationRoutes, tasksRoutes, wantedLocale } from '@spacedly/contracts';
import { bindRoute, call, type Platform, type Transports } from '@spacedly/kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type DeliveryRow, findDeliveries } from '../delivery/store.ts';
import { mute } from '../preferences/store.ts';
import { type Language, languageOf } from '../templates/catalogue.ts';
import { storedMessage } from '../templates/messages.ts';
import { LINK_PAGE_POLICY, type LinkPage, linkPage } from './page.ts';
import { LINK_LIFE_MS, openActionLink, openUnsubscribe, type ReminderAction } from './rules.ts';

type Said = Omit<LinkPage, 'lang' | 'open'> & { status?: 200 | 410 };

/** Forms carry nothing we read: the token is in the address. Browsers and mail programs send them in these types. */
const FORM_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

/** That of the message, also when its links are over; else that of the browser. */
function languageIn({ headers }: FastifyRequest, told: { locale: string } | null): Language {
  return languageOf(told?.locale ?? wantedLocale(headers['accept-language']) ?? 'en');
}

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

  /** What a link is about: the reminder as it was sent. Null when it is none of ours or its time is over. */
  async function find(request: FastifyRequest, token: string) {
    const facts = openActionLink(secrets, token);
    const [delivery] = facts === null ? [] : await findDeliveries(database.db, [facts.deliveryId]);
    const language = languageIn(request, delivery ?? null);
    return { language, found: facts && delivery ? reminderOf(facts.action, delivery) : null };
  }

  function reminderOf(action: ReminderAction, { message, userId, reminderId, queuedAt }: DeliveryRow) {
    const stored = storedMessage.parse(message);
    if (stored.kind !== 'reminder' || userId === null || reminderId === null) return null;
    // From when it was queued, so that every hand-over of a message carries links of the same life.
    if (queuedAt.getTime() + LINK_LIFE_MS <= now().getTime()) return null;
    return { action, userId, reminderId, title: stored.title, scheduledAt: stored.scheduledAt };
  }
  type Found = NonNullable<ReturnType<typeof reminderOf>>;

  async function follow({ userId, reminderId, action, scheduledAt }: Found): Promise<boolean> {
    const context = { authorization: `Service ${serviceTokens.issue()}` };
    const input = { params: { reminderId }, body: { userId, action, scheduledAt } };
    return (await call(transports('tasks'), tasksRoutes.followReminder, input, context)).body.isDone;
  }

  void app.register(async (scope) => {
    scope.addContentTypeParser(FORM_TYPES, { parseAs: 'buffer' }, (_request, _body, done) =>
      done(null, undefined),
    );

    bindRoute(scope, notificationRoutes.showReminderLink, async ({ query, request, reply }) => {
      const { language, found } = await find(request, query.token);
      if (found === null) return show(reply, language, gone(language));
      const { title, button } = language.texts.pages[found.action];
      return show(reply, language, { title: title(found.title), button });
    });

    bindRoute(scope, notificationRoutes.followReminderLink, async ({ query, request, reply }) => {
      const { language, found } = await find(request, query.token);
      if (found === null || !(await follow(found))) return show(reply, language, gone(language));
      return show(reply, language, { title: language.texts.pages[found.action].done });
    });

    bindRoute(scope, notificationRoutes.showUnsubscribe, async ({ query, request, reply }) => {
      const facts = openUnsubscribe(secrets, query.token);
      const language = languageIn(request, facts);
      if (facts === null) return show(reply, language, gone(language));
      const { title, body, button } = language.texts.pages.unsubscribe;
      return show(reply, language, { title, body, button });
    });

    bindRoute(scope, notificationRoutes.unsubscribe, async ({ query, request, reply }) => {
      const facts = openUnsubscribe(secrets, query.token);
      const language = languageIn(request, facts);
      if (facts === null) return show(reply, language, gone(language));
      await mute(database.db, facts.userId, `${facts.type}.${facts.channel}`);
      return show(reply, language, { title: language.texts.pages.unsubscribe.done });
    });
  });
}
