import type { Platform } from '@spacedly/kit';
import type { MakeLinks } from '../delivery/outgoing.ts';
import { storedMessage } from '../templates/messages.ts';
import { LINK_LIFE_MS, REMINDER_ACTIONS, type ReminderAction, signLink } from './rules.ts';

/** Where links in messages lead: pages of this service, which need no sign-in. */
export const LINKS_PATH = '/v1/notifications/links';

/** Signs the links of a message for the person it goes to. */
export function createLinks({ config, secrets }: Pick<Platform, 'config' | 'secrets'>): MakeLinks {
  return {
    unsubscribe({ userId, type, channel, locale }) {
      if (userId === null || type === 'security' || channel !== 'email') return null;
      const token = signLink(secrets, 'unsubscribe', { userId, type, channel, locale });
      return `${config.PUBLIC_URL}${LINKS_PATH}/unsubscribe?token=${token}`;
    },
    actions({ userId, reminderId, message, queuedAt, locale }) {
      const stored = storedMessage.parse(message);
      if (stored.kind !== 'reminder' || userId === null || reminderId === null) return null;
      const { taskId, title, scheduledAt } = stored;
      // From when it was queued, so that every hand-over of a message carries the same links.
      const expiresAt = queuedAt.getTime() + LINK_LIFE_MS;
      const facts = { userId, reminderId, taskId, scheduledAt, title, locale, expiresAt };
      const urlOf = (action: ReminderAction) =>
        `${config.PUBLIC_URL}${LINKS_PATH}/reminder?token=${signLink(secrets, 'reminder', { ...facts, action })}`;
      const [complete, snooze, tomorrow] = REMINDER_ACTIONS.map(urlOf) as [string, string, string];
      return { complete, snooze, tomorrow };
    },
  };
}
