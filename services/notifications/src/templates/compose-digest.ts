import type { Language } from './catalogue.ts';
import type { Catalogue } from './catalogue-en.ts';
import type {
  DigestContent,
  Draft,
  DueItem,
  LetterList,
  MorningContent,
  RenderContext,
  WeeklyContent,
} from './messages.ts';
import { formatDay, formatDue } from './times.ts';

const taskUrl = (publicUrl: string, taskId: string) => `${publicUrl}/tasks/${encodeURIComponent(taskId)}`;

/** What was held back, told at once. */
export function composeDigest(texts: Catalogue, content: DigestContent, { publicUrl }: RenderContext): Draft {
  const t = texts.digest;
  const title = t.title(content.items.length);
  const url = `${publicUrl}/notifications`;
  const items = content.items.map(({ title: text, detail, taskId }) => ({
    text,
    detail,
    url: taskId === null ? null : taskUrl(publicUrl, taskId),
  }));
  const titles = content.items.map((item) => item.title).join('; ');
  return {
    mail: {
      subject: title,
      heading: title,
      paragraphs: [texts.greeting(content.name), t.intro],
      lists: [{ heading: t.list, items }],
      action: { label: t.action, url },
      footnote: t.footnote,
    },
    sms: `${title}: ${titles} ${url}`,
    push: { title, body: titles, url },
  };
}

/** Everything due today, grouped. */
export function composeMorning(
  { texts, locale }: Language,
  content: MorningContent,
  { publicUrl, timeZone }: RenderContext,
): Draft {
  const t = texts.morning;
  const { overdue, today, reviewsDue, estimatedMinutes } = content;
  const title = t.title(formatDay(content.day, locale));
  const list = (heading: string, items: DueItem[]): LetterList[] => {
    if (items.length === 0) return [];
    const shown = items.map((item) => ({
      text: item.title,
      detail: formatDue(item, locale, timeZone) ?? '',
      url: taskUrl(publicUrl, item.taskId),
    }));
    return [{ heading, items: shown }];
  };
  const summary = t.summary(today.length, overdue.length);
  const facts = [
    ...(reviewsDue > 0 ? [t.reviews(reviewsDue)] : []),
    ...(estimatedMinutes > 0 ? [t.time(estimatedMinutes)] : []),
  ];
  const url = `${publicUrl}/today`;
  const short = [summary, ...facts].join(' ');
  return {
    mail: {
      subject: title,
      heading: title,
      paragraphs: [texts.greeting(content.name), short],
      lists: [...list(t.overdue, overdue), ...list(t.today, today)],
      action: { label: t.action, url },
      footnote: t.footnote,
    },
    sms: `${title}. ${short} ${url}`,
    push: { title, body: short, url },
  };
}

/** What the past week brought and the next one holds. */
export function composeWeekly(texts: Catalogue, content: WeeklyContent, { publicUrl }: RenderContext): Draft {
  const t = texts.weekly;
  const facts = [
    t.completed(content.completed),
    ...(content.streakDays > 0 ? [t.streak(content.streakDays)] : []),
    ...(content.overdue > 0 ? [t.overdue(content.overdue)] : []),
    ...(content.upcoming > 0 ? [t.upcoming(content.upcoming)] : []),
  ];
  const url = `${publicUrl}/analytics`;
  return {
    mail: {
      subject: t.title,
      heading: t.title,
      paragraphs: [texts.greeting(content.name), ...facts],
      action: { label: t.action, url },
      footnote: t.footnote,
    },
    sms: `${t.title}: ${facts.join(' ')} ${url}`,
    push: { title: t.title, body: facts.join(' '), url },
  };
}
