import { z } from 'zod';
import { id } from './fields.ts';

/**
 * Every event of the product: its version, its payload and who listens. A listener's queue is named after it, so
 * a publisher knows from this table alone where its event must go, whichever processes are running.
 * Secrets travel sealed (see `seal` in the kit), because queue rows live in the database.
 */
export const events = {
  'user.registered': {
    version: 1,
    data: z.object({ userId: id, name: z.string() }),
    listeners: ['notifications'],
  },
  'code.issued': {
    version: 1,
    data: z.object({
      channel: z.enum(['EMAIL', 'SMS']),
      to: z.string(),
      name: z.string(),
      purpose: z.enum(['SIGNUP']),
      sealedCode: z.string(),
      expiresAt: z.string(),
    }),
    listeners: ['notifications'],
  },
  'signup.address_taken': {
    version: 1,
    data: z.object({ channel: z.enum(['EMAIL', 'SMS']), to: z.string() }),
    listeners: ['notifications'],
  },
  'session.token_reused': {
    version: 1,
    data: z.object({ userId: id, sessionId: id, ip: z.string().nullable(), device: z.string() }),
    listeners: ['notifications'],
  },
  /** Carries the address itself: once deleted, an account has no contact any more. */
  'account.deleted': {
    version: 1,
    data: z.object({
      channel: z.enum(['EMAIL', 'SMS']),
      to: z.string(),
      name: z.string(),
      locale: z.string(),
      timeZone: z.string(),
      restorableUntil: z.string(),
      /** Null when an admin deleted the account: then only an admin brings it back. */
      sealedToken: z.string().nullable(),
    }),
    listeners: ['notifications'],
  },
  /** Whoever keeps anything of the person removes it. `sealedAddresses` is a JSON list of e-mail and phone. */
  'user.purged': {
    version: 1,
    data: z.object({ userId: id, sealedAddresses: z.string() }),
    listeners: ['tasks', 'notifications'],
  },
  'merchant.verified': {
    version: 1,
    data: z.object({ userId: id, businessName: z.string() }),
    listeners: ['notifications'],
  },
  'merchant.rejected': {
    version: 1,
    data: z.object({ userId: id, businessName: z.string(), reason: z.string() }),
    listeners: ['notifications'],
  },
  'export.ready': {
    version: 1,
    data: z.object({ userId: id, exportId: id, expiresAt: z.string() }),
    listeners: ['notifications'],
  },
  'task.completed': {
    version: 1,
    data: z.object({ userId: id, taskId: id, title: z.string() }),
    listeners: ['notifications'],
  },
  'reminder.due': {
    version: 1,
    data: z.object({
      userId: id,
      taskId: id,
      reminderId: id,
      title: z.string(),
      message: z.string().nullable(),
      type: z.enum(['email', 'push', 'sms', 'in-app', 'both']),
      scheduledAt: z.string(),
      dueDate: z.string().nullable(),
      dueDay: z.string().nullable(),
    }),
    listeners: ['notifications'],
  },
  'reviews.due': {
    version: 1,
    data: z.object({ userId: id, count: z.int(), day: z.string() }),
    listeners: ['notifications'],
  },
  'reminder.missed': {
    version: 1,
    data: z.object({
      userId: id,
      count: z.int(),
      oldestScheduledAt: z.string(),
      newestScheduledAt: z.string(),
    }),
    listeners: ['notifications'],
  },
} as const;

export type EventName = keyof typeof events;
export type EventData<N extends EventName> = z.infer<(typeof events)[N]['data']>;

/** An event as it lies in the outbox and reaches a listener. `id` is the key for deduplication. */
export type EventEnvelope<N extends EventName = EventName> = {
  [K in N]: { id: string; name: K; version: number; occurredAt: string; data: EventData<K> };
}[N];
