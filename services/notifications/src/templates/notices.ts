import type { Language } from './catalogue.ts';
import type { NoticeContent, Place, RenderContext } from './messages.ts';
import { deviceWords, placeFacts } from './place.ts';
import { dayOf, formatInstant } from './times.ts';

/** A message that every channel tells in the same words. */
export interface Notice {
  title: string;
  /** One sentence or two: all there is in an SMS, a push and the inbox. */
  body: string;
  /** For the mail alone. */
  facts?: string[];
  advice?: string;
  action?: { label: string; url: string };
  footnote: string;
}

type NoticeContext = Pick<RenderContext, 'publicUrl' | 'timeZone'>;
type Of<K extends NoticeContent['kind']> = Extract<NoticeContent, { kind: K }>;

/** What was done to an account, where and when, and what to do if it was not the owner. */
function securityNotice(
  language: Language,
  { publicUrl, timeZone }: NoticeContext,
  place: Place,
  said: { title: string; body: string; advice: string; action: string; url?: string; path?: string },
): Notice {
  const { title, body, advice, action, path = '/settings/security' } = said;
  return {
    title,
    body,
    facts: placeFacts(language, place, timeZone),
    advice,
    action: { label: action, url: said.url ?? `${publicUrl}${path}` },
    footnote: language.texts.layout.securityFootnote,
  };
}

/** Whoever made the event, no message leads anywhere but to us. */
function ownLink(url: string, publicUrl: string): string {
  return url.startsWith(`${publicUrl}/`) ? url : publicUrl;
}

function accountDeleted(content: Of<'account-deleted'>, language: Language, context: NoticeContext): Notice {
  const { locale, texts } = language;
  const t = texts.accountDeleted;
  const until = formatInstant(content.restorableUntil, locale, context.timeZone);
  const { title, footnote } = t;
  if (content.token === null) return { title, body: `${t.body(until)} ${t.byAdmin}`, footnote };
  const url = `${context.publicUrl}/restore-account?token=${encodeURIComponent(content.token)}`;
  return { title, body: t.body(until), advice: t.advice, action: { label: t.action, url }, footnote };
}

function remindersMissed(
  content: Of<'reminders-missed'>,
  { texts, locale }: Language,
  context: NoticeContext,
) {
  const t = texts.remindersMissed;
  const time = (instant: string) => formatInstant(instant, locale, context.timeZone);
  const body = t.body(time(content.oldestScheduledAt), time(content.newestScheduledAt));
  const day = dayOf(content.oldestScheduledAt, context.timeZone);
  const action = { label: t.action, url: `${context.publicUrl}/calendar?view=agenda&date=${day}` };
  return { title: t.title(content.count), body, action, footnote: t.footnote };
}

/** Names that hold an address are left out of mails to strangers: nobody advertises through us. */
const NO_NAME = /[:/\\@]|\.\p{L}/u;

function shared(content: Of<'shared'>, { texts }: Language, { publicUrl }: NoticeContext): Notice {
  const t = texts.shared;
  const { what, id, title, by, access } = content;
  const path = what === 'document' ? 'documents' : 'tasks';
  return {
    title: t.title[what](by),
    body: t.body(title, t.access[access]),
    action: { label: t.action[what], url: `${publicUrl}/${path}/${encodeURIComponent(id)}` },
    footnote: t.footnote,
  };
}

function shareInvited(
  { what, by }: Of<'share-invited'>,
  { texts }: Language,
  { publicUrl }: NoticeContext,
): Notice {
  const t = texts.shareInvited;
  const name = by === '' || NO_NAME.test(by) ? t.somebody : by;
  const action = { label: t.action, url: `${publicUrl}/sign-up` };
  return { title: t.title[what](name), body: t.body, action, footnote: t.footnote };
}

function commentAdded(
  content: Of<'comment-added'>,
  { texts }: Language,
  { publicUrl }: NoticeContext,
): Notice {
  const t = texts.commentAdded;
  const { why, title, by, docId, excerpt } = content;
  return {
    title: t.title[why](by, title),
    body: excerpt,
    action: { label: t.action, url: `${publicUrl}/documents/${encodeURIComponent(docId)}` },
    footnote: t.footnote,
  };
}

/** Puts a notice into the words of a language. Pure. */
export function noticeOf(content: NoticeContent, language: Language, context: NoticeContext): Notice {
  const { texts, locale } = language;
  const { publicUrl, timeZone } = context;
  switch (content.kind) {
    case 'new-device': {
      const t = texts.newDevice;
      return securityNotice(language, context, content, { ...t, body: t.body(deviceWords(texts, content)) });
    }
    case 'password-changed': {
      const t = texts.passwordChanged;
      const said = { ...t, body: t.body[content.how], path: '/forgot-password' };
      return securityNotice(language, context, content, said);
    }
    case 'second-factor-changed': {
      const t = texts.secondFactorChanged;
      return securityNotice(language, context, content, { ...t, body: t.body[content.change] });
    }
    case 'credential-changed': {
      const t = texts.credentialChanged;
      const body = t.body[content.change](content.credential);
      return securityNotice(language, context, content, { ...t, body });
    }
    case 'address-change-requested': {
      const t = texts.addressChangeRequested;
      const { addressKind, newAddress, link } = content;
      const said = { title: t.title[addressKind], body: t.body[addressKind](newAddress) };
      const { advice, action } = t;
      const url = ownLink(link, publicUrl);
      return securityNotice(language, context, content, { ...said, advice, action, url });
    }
    case 'address-change-reverted': {
      const t = texts.addressChangeReverted;
      const action = { label: t.action, url: ownLink(content.link, publicUrl) };
      const footnote = texts.layout.securityFootnote;
      return { title: t.title[content.addressKind], body: t.body, action, footnote };
    }
    case 'account-deleted':
      return accountDeleted(content, language, context);
    case 'merchant-verified': {
      const t = texts.merchantVerified;
      const action = { label: t.action, url: `${publicUrl}/settings/business` };
      return { title: t.title(content.businessName), body: t.body, action, footnote: t.footnote };
    }
    case 'merchant-rejected': {
      const t = texts.merchantRejected;
      const action = { label: t.action, url: `${publicUrl}/settings/business` };
      const { footnote } = texts.merchantVerified;
      return { title: t.title(content.businessName), body: t.body(content.reason), action, footnote };
    }
    case 'export-ready': {
      const t = texts.exportReady;
      const until = formatInstant(content.expiresAt, locale, timeZone);
      // The address of the download itself: a browser that is signed in fetches it at once.
      const url = `${publicUrl}/v1/users/me/exports/${encodeURIComponent(content.exportId)}`;
      const action = { label: t.action, url };
      return { title: t.title, body: t.body(until), action, footnote: t.footnote };
    }
    case 'shared':
      return shared(content, language, context);
    case 'share-invited':
      return shareInvited(content, language, context);
    case 'comment-added':
      return commentAdded(content, language, context);
    case 'reviews-due': {
      const t = texts.reviewsDue;
      const action = { label: t.action, url: `${publicUrl}/review` };
      return { title: t.title(content.count), body: t.body, action, footnote: t.footnote };
    }
    case 'reminders-missed':
      return remindersMissed(content, language, context);
  }
}
