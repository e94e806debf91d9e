import type { Platform } from '@spacedly/kit';
import type { MakeLinks } from '../delivery/outgoing.ts';
import { storedMessage } from '../templates/messages.ts';
import { REMINDER_ACTIONS, type ReminderAction, signActionLink, signUnsubscribe } from './rules.ts';

/** Where links in messages lead: pages of this service, which need no sign-in. */
export const LINKS_PATH = '/v1/notifications/links';

/** Signs the links of a message for the person it goes to. */
export function createLinks({ config, secrets }: Pick<Platform, 'config' | 'secrets'>): MakeLinks {
  return {
    unsubscribe({ userId, type, channel, locale }) {
      if (userId === null || type === 'security' || channel !== 'email') return null;
      const token = signUnsubscribe(secrets, { userId, type, channel, locale });
      return `${config.PUBLIC_URL}${LINKS_PATH}/unsubscribe?token=${token}`;
    },
    actions({ id: deliveryId, userId, reminderId, message }) {
      if (storedMessage.parse(message).kind !== 'reminder' || userId === null || reminderId === null)
        return null;
      const urlOf = (action: ReminderAction) =>
        `${config.PUBLIC_URL}${LINKS_PATH}/reminder?token=${signActionLink(secrets, { deliveryId, action })}`;
      const [complete, snooze, tomorrow] = REMINDER_ACTIONS.map(urlOf) as [string, string, string];
      return { complete, snooze, tomorrow };
    },
  };
}
