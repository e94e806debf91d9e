import { languageOf } from './catalogue.ts';
import { compose } from './compose.ts';
import { singleLine } from './escape.ts';
import { letterHtml, letterText } from './layout.ts';
import type { Channel, Content, RenderContext, Rendered } from './messages.ts';

/** A message ready for a provider of the channel. Pure: the same content and context give the same bytes. */
export function render(channel: Channel, content: Content, context: RenderContext): Rendered {
  const { mail, sms, push } = compose(content, context);
  if (channel === 'sms') return { subject: '', text: sms, html: '' };
  if (channel === 'push') return { subject: singleLine(push.title), text: push.body, html: '' };
  const { texts, locale } = languageOf(context.locale);
  const letter = { ...mail, subject: singleLine(mail.subject) };
  return {
    subject: letter.subject,
    text: letterText(letter),
    html: letterHtml(letter, { lang: locale, linkHint: texts.layout.linkHint }),
  };
}
