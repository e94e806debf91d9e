import { authRoutes, type Contact } from '@spacedly/contracts';
import {
  call,
  Problem,
  type ServiceTokens,
  type Signals,
  type Transport,
  USER_CHANGED_CHANNEL,
} from '@spacedly/kit';

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

interface Remembered {
  contact: Promise<Contact | null>;
  until: number;
}

/**
 * Asks the auth service, at most once per person in 30 s, however many events of theirs arrive together. Whoever changes
 * their address, zone or language is asked about anew at once. Network I/O: never call it inside a transaction.
 */
export function createContacts({ auth, serviceTokens, signals, now }: ContactOptions): FindContact {
  const remembered = new Map<string, Remembered>();
  void signals.subscribe(
    USER_CHANGED_CHANNEL,
    (userId) => remembered.delete(userId),
    () => remembered.clear(),
  );

  async function ask(userId: string): Promise<Contact | null> {
    const context = { authorization: `Service ${serviceTokens.issue()}` };
    try {
      return (await call(auth(), authRoutes.getContact, { params: { userId } }, context)).body;
    } catch (error) {
      if (error instanceof Problem && error.code === 'USER_NOT_FOUND') return null;
      throw error;
    }
  }

  return (userId) => {
    const known = remembered.get(userId);
    if (known !== undefined && known.until > now() && signals.isConnected) return known.contact;
    // Removed first, so that the map stays in the order of age and the oldest entry is the one to give up.
    remembered.delete(userId);
    if (remembered.size >= MAX_REMEMBERED) remembered.delete(remembered.keys().next().value as string);
    const contact = ask(userId);
    remembered.set(userId, { contact, until: now() + REMEMBERED_MS });
    contact.catch(() => remembered.delete(userId));
    return contact;
  };
}
