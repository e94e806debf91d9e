import type { Platform } from '@spacedly/kit';
import type { Provider } from '../delivery/provider.ts';
import { deleteOldMessages, insertMessage } from './store.ts';

/** How many messages may gather between two clean-ups. */
const CLEAN_EVERY = 50;

/** Takes the messages of every channel where no real provider exists, so that people can read them locally. */
export function createMailboxProviders({ database: { db }, now }: Platform): Provider[] {
  let sinceCleaning = 0;
  return (['email', 'sms', 'push'] as const).map((channel) => ({
    name: 'mailbox',
    channel,
    async send(message) {
      const providerId = await insertMessage(db, message, now());
      sinceCleaning += 1;
      if (sinceCleaning >= CLEAN_EVERY) {
        sinceCleaning = 0;
        await deleteOldMessages(db);
      }
      return { providerId };
    },
  }));
}
