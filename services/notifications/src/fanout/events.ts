import { type EventEnvelope, type EventName, events } from '@spacedly/contracts';
import { z } from 'zod';

const envelope = z.object({
  id: z.uuid(),
  name: z.string(),
  version: z.int(),
  occurredAt: z.iso.datetime(),
  data: z.unknown(),
});

/** An event no version of this handler can understand; retrying does not help, it ends in the dead letter queue. */
export class PoisonEvent extends Error {
  constructor(reason: string) {
    super(`cannot understand the event: ${reason}`);
    this.name = 'PoisonEvent';
  }
}

const isKnown = (name: string): name is EventName => Object.hasOwn(events, name);

/** Field paths and what is wrong with them, never the values: they may be secret. */
function reasonOf(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.') || 'event'}: ${message}`).join('; ');
}

/**
 * Reads an event as it came from the queue.
 * @throws PoisonEvent when it is not one of ours, of another version, or its data does not fit
 */
export function parseEvent(raw: unknown): EventEnvelope {
  const outer = envelope.safeParse(raw);
  if (!outer.success) throw new PoisonEvent(reasonOf(outer.error));
  const { name, version } = outer.data;
  if (!isKnown(name)) throw new PoisonEvent('its name is unknown');
  if (version !== events[name].version) throw new PoisonEvent(`${name} has version ${version}`);
  const data = events[name].data.safeParse(outer.data.data);
  if (!data.success) throw new PoisonEvent(`${name} ${reasonOf(data.error)}`);
  return { ...outer.data, data: data.data } as EventEnvelope;
}

/** Whose contact an event needs, or null when it carries the address itself. */
export function personOf(event: EventEnvelope): string | null {
  return 'userId' in event.data ? event.data.userId : null;
}
