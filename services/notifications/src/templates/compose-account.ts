import type { Catalogue } from './catalogue-en.ts';
import type { AccountContent, Draft, Letter, RenderContext } from './messages.ts';
import { formatInstant } from './times.ts';

type Of<K extends AccountContent['kind']> = Extract<AccountContent, { kind: K }>;

/** A mail, and its first words for the short channels. */
function draft(mail: Letter, short: string): Draft {
  return { mail, sms: short, push: { title: mail.subject, body: short } };
}

function composeDeleted(
  texts: Catalogue,
  until: string,
  content: Of<'account-deleted'>,
  publicUrl: string,
): Draft {
  const t = texts.account.deleted;
  const { link } = content;
  const mail = {
    subject: t.subject,
    heading: t.heading,
    paragraphs: [texts.greeting(content.name), t.what, t.until(until), link === null ? t.byAdmin : t.notYou],
    // Whoever made the event, no mail leads anywhere but to us.
    ...(link?.startsWith(`${publicUrl}/`) && { action: { label: t.action, url: link } }),
    footnote: t.footnote,
  };
  return draft(mail, t.sms(until));
}

function composeMerchant(
  texts: Catalogue,
  content: Of<'merchant-verified'> | Of<'merchant-rejected'>,
  publicUrl: string,
): Draft {
  const { merchantVerified, merchantRejected, merchant } = texts.account;
  const t = content.kind === 'merchant-verified' ? merchantVerified : merchantRejected;
  const body = t.body(content.businessName);
  const mail = {
    subject: t.subject(content.businessName),
    heading: t.subject(content.businessName),
    paragraphs: [texts.greeting(content.name), body],
    ...(content.kind === 'merchant-rejected' && { quote: content.reason }),
    action: { label: merchant.action, url: `${publicUrl}/settings` },
    footnote: merchant.footnote,
  };
  return draft(mail, content.kind === 'merchant-rejected' ? `${body} ${content.reason}` : body);
}

function composeExport(
  texts: Catalogue,
  until: string,
  content: Of<'export-ready'>,
  publicUrl: string,
): Draft {
  const t = texts.account.exportReady;
  const url = `${publicUrl}/v1/users/me/exports/${encodeURIComponent(content.exportId)}`;
  const mail = {
    subject: t.subject,
    heading: t.subject,
    paragraphs: [texts.greeting(content.name), t.body(until)],
    action: { label: t.action, url },
    footnote: t.footnote,
  };
  return draft(mail, t.body(until));
}

/** Puts messages about an account or a business into words. */
export function composeAccount(
  texts: Catalogue,
  locale: string,
  content: AccountContent,
  { publicUrl, timeZone }: RenderContext,
): Draft {
  switch (content.kind) {
    case 'account-deleted':
      return composeDeleted(
        texts,
        formatInstant(content.restorableUntil, locale, timeZone),
        content,
        publicUrl,
      );
    case 'export-ready':
      return composeExport(texts, formatInstant(content.expiresAt, locale, timeZone), content, publicUrl);
    default:
      return composeMerchant(texts, content, publicUrl);
  }
}
