import { languageOf } from './catalogue.ts';
import { compose } from './compose.ts';
import { singleLine } from './escape.ts';
import { letterHtml, letterText } from './layout.ts';
import type { Channel, Content, RenderContext, Rendered } from './messages.ts';

/** A message ready for a provider of the channel. Pure: the same content and context give the same bytes. */
export function render(channel: Channel, content: Content, context: RenderContext): Rendered {
  const { mail, sms, push } = compose(content, context);
  const url = push.url ?? context.publicUrl;
  if (channel === 'sms') return { subject: '', text: sms, html: '', url };
  if (channel === 'push') return { subject: singleLine(push.title), text: push.body, html: '', url };
  const { texts, locale } = languageOf(context.locale);
  const { unsubscribeUrl } = context;
  const unsubscribe = unsubscribeUrl && { label: texts.layout.unsubscribe, url: unsubscribeUrl };
  const letter = { ...mail, subject: singleLine(mail.subject), ...(unsubscribe && { unsubscribe }) };
  return {
    url,
    subject: letter.subject,
    text: letterText(letter),
    html: letterHtml(letter, { lang: locale, linkHint: texts.layout.linkHint }),
  };
}
