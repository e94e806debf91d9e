import type { Platform } from '@spacedly/kit';
import { batched } from '../batch.ts';
import type { OutgoingMessage, Provider } from '../delivery/provider.ts';
import { deleteOldMessages, insertMessages } from './store.ts';

const MAX_AT_ONCE = 100;
/** How many messages may gather between two clean-ups; readers never see more than are kept. */
const CLEAN_EVERY = 50;

/** Takes the messages of every channel where no real provider exists, so that people can read them locally. */
export function createMailboxProviders({ database: { db }, now }: Platform): Provider[] {
  let sinceCleaning = 0;
  const keep = batched<OutgoingMessage, string>(async (messages) => {
    const ids = await insertMessages(db, messages, now());
    sinceCleaning += messages.length;
    if (sinceCleaning >= CLEAN_EVERY) {
      sinceCleaning = 0;
      await deleteOldMessages(db);
    }
    return ids;
  }, MAX_AT_ONCE);
  return (['email', 'sms', 'push'] as const).map((channel) => ({
    name: 'mailbox',
    channel,
    send: async (message) => ({ providerId: await keep(message) }),
  }));
}
