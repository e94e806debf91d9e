import type { Contact, EventEnvelope } from '@spacedly/contracts';
import { currentWork, PermanentJobError, type Platform } from '@spacedly/kit';
import { batched } from '../batch.ts';
import { nextCheck } from '../digest/rules.ts';
import { forgetPerson } from '../people/service.ts';
import { announce } from '../stream/announce.ts';
import type { FindContact } from './contacts.ts';
import { PoisonEvent, parseEvent, personOf } from './events.ts';
import { planMessages } from './rules.ts';
import { type EventPlan, type WriteOptions, writePlans } from './write.ts';

/** Events written in one transaction at most. */
const MAX_EVENTS = 100;

/** What everybody gets to begin with. */
const DEFAULTS = { isDigestOn: true, digestHour: 5, isWeeklyOn: true, digestDay: null, weeklyDay: null };

function newcomerOf(event: EventEnvelope, contact: Contact | null, now: Date): EventPlan['newcomer'] {
  if (event.name !== 'user.registered' || contact === null) return null;
  const { userId, timeZone } = contact;
  return { userId, timeZone, checkAt: nextCheck({ ...DEFAULTS, timeZone }, now) };
}

function understand(raw: unknown): EventEnvelope {
  try {
    return parseEvent(raw);
  } catch (error) {
    if (error instanceof PoisonEvent) throw new PermanentJobError(error.message, { cause: error });
    throw error;
  }
}

/**
 * Makes the handler that turns one event into messages. Safe to run again for the same event.
 * It throws PermanentJobError for what cannot be understood and Problem UNAVAILABLE when the auth service does not
 * answer.
 */
export function createFanout(
  platform: Platform,
  findContact: FindContact,
  options: WriteOptions,
): (raw: unknown) => Promise<void> {
  const write = batched<EventPlan, void>(async (plans) => {
    await announce(platform, await writePlans(platform, plans, options));
    return [];
  }, MAX_EVENTS);

  return async (raw) => {
    const event = understand(raw);
    if (event.name === 'user.purged') return forgetPerson(platform, event);
    const userId = personOf(event);
    const contact = userId === null ? null : await findContact(userId);
    if (userId !== null && contact === null) {
      const about = { eventId: event.id, event: event.name, userId };
      platform.log.info(about, 'nobody to notify: the account is gone');
      return;
    }
    const newcomer = newcomerOf(event, contact, platform.now());
    const traceparent = currentWork()?.span?.traceparent;
    await write({ eventId: event.id, plan: planMessages(event, contact), newcomer, traceparent });
  };
}
