import { type Language, languageOf } from './catalogue.ts';
import type { Catalogue } from './catalogue-en.ts';
import { composeDigest, composeMorning, composeWeekly } from './compose-digest.ts';
import type {
  ActionLinks,
  CodeContent,
  Content,
  Draft,
  LetterLink,
  ReminderContent,
  RenderContext,
  TokenReusedContent,
} from './messages.ts';
import { type Notice, noticeOf } from './notices.ts';
import { deviceWords, placeFacts } from './place.ts';
import { formatDue, minutesUntil } from './times.ts';

const link = ({ publicUrl }: RenderContext, path: string) => `${publicUrl}${path}`;

function composeCode(texts: Catalogue, content: CodeContent, context: RenderContext): Draft {
  const { now, publicUrl } = context;
  const { code, purpose, link: url } = content;
  const validMinutes = minutesUntil(content.expiresAt, now);
  const t = texts.code;
  return {
    mail: {
      subject: t.subject(code),
      heading: t.heading,
      paragraphs: [
        texts.greeting(content.name),
        t.action(purpose),
        `${t.validity(validMinutes)} ${t.warning}`,
      ],
      code,
      // Whoever made the event, no mail leads anywhere but to us.
      ...(url?.startsWith(`${publicUrl}/`) && { action: { label: t.button(purpose), url } }),
      footnote: t.footnote,
    },
    sms: t.sms(code, purpose, validMinutes),
    push: { title: t.push, body: t.sms(code, purpose, validMinutes) },
  };
}

function composeAddressTaken(texts: Catalogue, context: RenderContext): Draft {
  const t = texts.addressTaken;
  const url = link(context, '/sign-in');
  return {
    mail: {
      subject: t.subject,
      heading: t.heading,
      paragraphs: t.paragraphs,
      action: { label: t.action, url },
      footnote: t.footnote,
    },
    sms: t.sms(url),
    push: { title: t.heading, body: t.sms(url) },
  };
}

function composeTokenReused(language: Language, content: TokenReusedContent, context: RenderContext): Draft {
  const { texts } = language;
  const t = texts.tokenReused;
  const url = link(context, '/settings/security');
  const facts = placeFacts(language, content, context.timeZone);
  return {
    mail: {
      subject: t.subject,
      heading: t.heading,
      paragraphs: [texts.greeting(content.name), t.what, ...facts, t.advice],
      action: { label: t.action, url },
      footnote: texts.layout.securityFootnote,
    },
    sms: t.sms(url),
    push: { title: t.heading, body: t.inboxBody(deviceWords(texts, content)) },
  };
}

function actionLinks({ actions: labels }: Catalogue, actions: ActionLinks): LetterLink[] {
  return (['complete', 'snooze', 'tomorrow'] as const).map((action) => ({
    label: labels[action],
    url: actions[action],
  }));
}

function composeReminder(
  texts: Catalogue,
  locale: string,
  content: ReminderContent,
  context: RenderContext,
): Draft {
  const t = texts.reminder;
  const due = formatDue(content, locale, context.timeZone);
  const dueLine = due === null ? null : t.due(due);
  const url = link(context, `/tasks/${encodeURIComponent(content.taskId)}`);
  return {
    mail: {
      subject: t.subject(content.title),
      heading: content.title,
      paragraphs: [texts.greeting(content.name), ...(dueLine === null ? [] : [dueLine])],
      ...(content.message && { quote: content.message }),
      action: { label: t.action, url },
      ...(context.actions && { moreActions: actionLinks(texts, context.actions) }),
      footnote: t.footnote,
    },
    sms: t.sms(content.title, content.message || dueLine || '', url),
    push: { title: t.subject(content.title), body: content.message || dueLine || '', url },
  };
}

/** The same notice in every channel: short ones get the title, the sentence and where to act. */
function composeNotice(texts: Catalogue, name: string | null, notice: Notice): Draft {
  const { title, body, facts = [], advice, action, footnote } = notice;
  return {
    mail: {
      subject: title,
      heading: title,
      paragraphs: [
        ...(name === null ? [] : [texts.greeting(name)]),
        body,
        ...facts,
        ...(advice === undefined ? [] : [advice]),
      ],
      ...(action && { action }),
      footnote,
    },
    sms: [`${title}.`, body, ...(action ? [action.url] : [])].join(' '),
    push: { title, body, ...(action && { url: action.url }) },
  };
}

/** Puts a message into words, for every channel, in the reader's language and time zone. */
export function compose(content: Content, context: RenderContext): Draft {
  const { texts, locale } = languageOf(context.locale);
  switch (content.kind) {
    case 'code':
      return composeCode(texts, content, context);
    case 'address-taken':
      return composeAddressTaken(texts, context);
    case 'token-reused':
      return composeTokenReused({ texts, locale }, content, context);
    case 'reminder':
      return composeReminder(texts, locale, content, context);
    case 'digest':
      return composeDigest(texts, content, context);
    case 'morning':
      return composeMorning({ texts, locale }, content, context);
    case 'weekly':
      return composeWeekly(texts, content, context);
    default:
      return composeNotice(
        texts,
        'name' in content ? content.name : null,
        noticeOf(content, { texts, locale }, context),
      );
  }
}
