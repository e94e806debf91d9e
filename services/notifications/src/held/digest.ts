import { languageOf } from '../templates/catalogue.ts';
import type { DigestContent, StoredMessage } from '../templates/messages.ts';
import { noticeOf } from '../templates/notices.ts';
import { formatDue } from '../templates/times.ts';

type Item = DigestContent['items'][number];
type Person = { locale: string; timeZone: string };

/** One message in a line; null for what is never held. */
function itemOf(message: StoredMessage, { locale: wanted, timeZone }: Person): Item | null {
  const language = languageOf(wanted);
  const { texts, locale } = language;
  switch (message.kind) {
    case 'reminder': {
      const detail = message.message || (formatDue(message, locale, timeZone) ?? '');
      return { title: texts.reminder.subject(message.title), detail, taskId: message.taskId };
    }
    case 'reviews-due':
    case 'reminders-missed':
    case 'merchant-verified':
    case 'merchant-rejected':
    case 'export-ready': {
      const { title, body } = noticeOf(message, language, { publicUrl: '', timeZone });
      return { title, detail: body, taskId: null };
    }
    case 'shared':
    case 'comment-added': {
      const { title, body } = noticeOf(message, language, { publicUrl: '', timeZone });
      const isTask = message.kind === 'shared' && message.what === 'task';
      return { title, detail: body, taskId: isTask ? message.id : null };
    }
    case 'digest':
      return { title: texts.digest.title(message.items.length), detail: '', taskId: null };
    case 'morning':
      return { title: texts.morning.title(message.day), detail: '', taskId: null };
    case 'weekly':
      return { title: texts.weekly.title, detail: texts.weekly.completed(message.completed), taskId: null };
    default:
      return null;
  }
}

/** Many messages as one. */
export function digestOf(messages: readonly StoredMessage[], person: Person): DigestContent {
  const name = messages.map((message) => ('name' in message ? message.name : '')).find(Boolean) ?? '';
  return { kind: 'digest', name, items: messages.flatMap((message) => itemOf(message, person) ?? []) };
}
