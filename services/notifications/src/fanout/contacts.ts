import { authRoutes, type Contact } from '@spacedly/contracts';
import { call, type ServiceTokens, type Signals, type Transport, USER_CHANGED_CHANNEL } from '@spacedly/kit';
import { batched } from '../batch.ts';

/** How to reach people, from the auth service. Null for somebody who is no longer there. */
export type FindContact = (userId: string) => Promise<Contact | null>;

export interface ContactOptions {
  auth: () => Transport;
  serviceTokens: ServiceTokens;
  signals: Signals;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Nothing is remembered longer, should a change have gone unheard. */
const REMEMBERED_MS = 30_000;
const MAX_REMEMBERED = 10_000;
/** What the route takes. */
const MAX_IN_A_CALL = 100;

interface Remembered {
  contact: Promise<Contact | null>;
  until: number;
}

/**
 * Asks the auth service, at most once per person in 30 s, however many events of theirs arrive together, and for all who
 * are asked for meanwhile at once: a call for one person takes 0.4 ms of a core. Whoever changes their address, zone or
 * language is asked about anew at once. Network I/O: never call it inside a transaction.
 */
export function createContacts({ auth, serviceTokens, signals, now }: ContactOptions): FindContact {
  const remembered = new Map<string, Remembered>();
  void signals.subscribe(
    USER_CHANGED_CHANNEL,
    (userId) => remembered.delete(userId),
    () => remembered.clear(),
  );

  /** One call for all who are asked for meanwhile; when it fails, it fails for each of them. */
  const ask = batched<string, () => Contact | null>(async (userIds) => {
    const authorization = `Service ${serviceTokens.issue()}`;
    try {
      const { body } = await call(auth(), authRoutes.findContacts, { body: { userIds } }, { authorization });
      const found = new Map(body.items.map((contact) => [contact.userId, contact]));
      return userIds.map((userId) => () => found.get(userId) ?? null);
    } catch (error) {
      return userIds.map(() => () => {
        throw error;
      });
    }
  }, MAX_IN_A_CALL);

  return (userId) => {
    const known = remembered.get(userId);
    if (known !== undefined && known.until > now() && signals.isConnected) return known.contact;
    // Removed first, so that the map stays in the order of age and the oldest entry is the one to give up.
    remembered.delete(userId);
    if (remembered.size >= MAX_REMEMBERED) remembered.delete(remembered.keys().next().value as string);
    const contact = ask(userId).then((answer) => answer());
    remembered.set(userId, { contact, until: now() + REMEMBERED_MS });
    contact.catch(() => remembered.delete(userId));
    return contact;
  };
}
