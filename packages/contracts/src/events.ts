import { z } from 'zod';
import { shareAccess } from './documents/schemas.ts';
import { id } from './fields.ts';

/** Where something was done. What was queued before it told of browser and system has neither. */
const place = {
  ip: z.string().nullable(),
  device: z.string(),
  browser: z.string().nullable().default(null),
  os: z.string().nullable().default(null),
};

/** What an admin does with the things of others. */
export const adminDeed = z.enum([
  'document.read',
  'document.changed',
  'document.deleted',
  'document.restored',
  'document.shared',
  'document.commented',
]);
export type AdminDeed = z.infer<typeof adminDeed>;

/** How to speak to somebody who is named by an address alone; events queued before it was told have English. */
const reader = { locale: z.string().default('en'), timeZone: z.string().default('UTC') };

/**
 * Every event of the product: its version, its payload and who listens. A listener's queue is named after it, so
 * a publisher knows from this table alone where its event must go, whichever processes are running.
 * Secrets travel sealed (see `seal` in the kit), because queue rows live in the database.
 */
export const events = {
  'user.registered': {
    version: 1,
    data: z.object({ userId: id, name: z.string() }),
    listeners: ['notifications', 'documents', 'tasks'],
  },
  /** Another address was proved to be theirs: what was shared with it is now shared with them. */
  'user.address_verified': {
    version: 1,
    data: z.object({ userId: id }),
    listeners: ['documents', 'tasks'],
  },
  'code.issued': {
    version: 1,
    data: z.object({
      channel: z.enum(['EMAIL', 'SMS']),
      to: z.string(),
      ...reader,
      name: z.string(),
      purpose: z.enum(['SIGNUP', 'SIGNIN', 'PASSWORD_RESET', 'EMAIL_CHANGE', 'PHONE_CHANGE', 'TWO_FACTOR']),
      sealedCode: z.string(),
      expiresAt: z.string(),
      /** A link that does what the code does, in mails. */
      sealedLink: z.string().optional(),
    }),
    listeners: ['notifications'],
  },
  /** In place of `code.issued` where nobody is to get one, so that the answer takes the same time. Nobody is told. */
  'code.withheld': { version: 1, data: z.object({}), listeners: ['notifications'] },
  'session.new_device': {
    version: 1,
    data: z.object({ userId: id, sessionId: id, ...place }),
    listeners: ['notifications'],
  },
  'password.changed': {
    version: 1,
    data: z.object({
      userId: id,
      how: z.enum(['changed', 'reset', 'set']),
      ...place,
    }),
    listeners: ['notifications'],
  },
  'second_factor.changed': {
    version: 1,
    data: z.object({
      userId: id,
      change: z.enum([
        'totp_on',
        'totp_off',
        'email_on',
        'email_off',
        'recovery_codes_renewed',
        'recovery_code_used',
      ]),
      ...place,
    }),
    listeners: ['notifications'],
  },
  /** Another way to get into the account, or one less; `name` is the passkey's, the token's or the provider's. */
  'credential.changed': {
    version: 1,
    data: z.object({
      userId: id,
      change: z.enum([
        'passkey_added',
        'passkey_removed',
        'passkey_copied',
        'access_token_created',
        'identity_linked',
        'admin_granted',
      ]),
      name: z.string(),
      ...place,
    }),
    listeners: ['notifications'],
  },
  /** To the old address, or the other one where there was none. The link cancels the change. */
  'address.change_requested': {
    version: 1,
    data: z.object({
      channel: z.enum(['EMAIL', 'SMS']),
      to: z.string(),
      ...reader,
      name: z.string(),
      kind: z.enum(['EMAIL', 'PHONE']),
      /** Shortened, such as `a…@example.com`. */
      newAddress: z.string(),
      ...place,
      sealedLink: z.string(),
    }),
    listeners: ['notifications'],
  },
  /** A finished change was taken back; the link sets a new password. */
  'address.change_reverted': {
    version: 1,
    data: z.object({
      channel: z.enum(['EMAIL', 'SMS']),
      to: z.string(),
      ...reader,
      name: z.string(),
      kind: z.enum(['EMAIL', 'PHONE']),
      sealedLink: z.string(),
    }),
    listeners: ['notifications'],
  },
  'signup.address_taken': {
    version: 1,
    data: z.object({ channel: z.enum(['EMAIL', 'SMS']), to: z.string(), ...reader }),
    listeners: ['notifications'],
  },
  'session.token_reused': {
    version: 1,
    data: z.object({ userId: id, sessionId: id, ...place }),
    listeners: ['notifications'],
  },
  /** Carries the address itself: once deleted, an account has no contact any more. */
  'account.deleted': {
    version: 1,
    data: z.object({
      channel: z.enum(['EMAIL', 'SMS']),
      to: z.string(),
      name: z.string(),
      ...reader,
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
    listeners: ['tasks', 'documents', 'notifications'],
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
  /** An admin used a right over what is another person's; the auth service keeps the log of such deeds. */
  'admin.acted': {
    version: 1,
    data: z.object({
      actorId: id,
      action: adminDeed,
      /** Whose it is. */
      targetId: id,
      /** Facts that name nobody, such as the id of the document. */
      detail: z.record(z.string(), z.string()),
      ip: z.string(),
      requestId: z.string(),
    }),
    listeners: ['auth'],
  },
  /** Something of another person's may be seen by somebody here; `by` is who shares it. */
  'document.shared': {
    version: 1,
    data: z.object({ userId: id, docId: id, title: z.string(), by: z.string(), access: shareAccess }),
    listeners: ['notifications'],
  },
  'task.shared': {
    version: 1,
    data: z.object({ userId: id, taskId: id, title: z.string(), by: z.string(), access: shareAccess }),
    listeners: ['notifications'],
  },
  /**
   * Shared with an address that nobody here had proved to be theirs. Whoever keeps the share looks again, as somebody
   * may have come between its look and its writing it down.
   */
  'share.invited': {
    version: 1,
    data: z.object({
      channel: z.literal('EMAIL'),
      to: z.string(),
      ...reader,
      what: z.enum(['document', 'task']),
      title: z.string(),
      by: z.string(),
    }),
    listeners: ['notifications', 'documents', 'tasks'],
  },
  /** To each whom a comment concerns: named in it, replied to, or the owner of the document. */
  'comment.added': {
    version: 1,
    data: z.object({
      userId: id,
      docId: id,
      title: z.string(),
      by: z.string(),
      excerpt: z.string(),
      why: z.enum(['mention', 'reply', 'document']),
    }),
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
/** What is written with an event; whoever reads it finds the defaults filled in. */
export type EventData<N extends EventName> = z.input<(typeof events)[N]['data']>;

/** An event as it lies in the outbox and reaches a listener. `id` is the key for deduplication. */
export type EventEnvelope<N extends EventName = EventName> = {
  [K in N]: {
    id: string;
    name: K;
    version: number;
    occurredAt: string;
    data: z.output<(typeof events)[K]['data']>;
  };
}[N];
