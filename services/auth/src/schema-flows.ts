import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { users } from './schema.ts';
import { instant, schema } from './schema-base.ts';

const owner = () =>
  uuid('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' });

/** What happened to an account, as its owner may read it. Ids are UUIDv7 and serve as the keyset. */
export const securityEvents = schema.table(
  'security_events',
  {
    id: uuid('id').primaryKey(),
    userId: owner(),
    type: text('type').notNull(),
    ip: text('ip'),
    userAgent: text('user_agent').notNull(),
    details: jsonb('details').$type<Record<string, string>>(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('security_events_user').on(table.userId, table.id),
    index('security_events_age').on(table.createdAt),
  ],
);

export const linkPurpose = schema.enum('link_purpose', [
  'EMAIL_VERIFICATION',
  'PASSWORD_RESET',
  'CHANGE_CANCEL',
]);

/**
 * One-time tokens that travel in links, by their SHA-256. A used row stays until it expires, so that its token is
 * known to be used up.
 */
export const linkTokens = schema.table(
  'link_tokens',
  {
    tokenHash: text('token_hash').primaryKey(),
    purpose: linkPurpose('purpose').notNull(),
    /** Null for an address that has no account: the token of a sign-up, or a decoy. */
    userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
    /** The address it was sent to, lower case. */
    target: text('target').notNull(),
    payload: jsonb('payload'),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [
    index('link_tokens_target').on(table.target, table.purpose),
    index('link_tokens_user').on(table.userId),
    index('link_tokens_expiry').on(table.expiresAt),
  ],
);

export const addressKind = schema.enum('address_kind', ['EMAIL', 'PHONE']);

/**
 * A change of address: pending until the code sent to the new one comes back, and cancellable by the link in the
 * message to the old one. The row is kept as long as that link lives, because it also reverts a finished change.
 */
export const addressChanges = schema.table(
  'address_changes',
  {
    id: uuid('id').primaryKey(),
    userId: owner(),
    kind: addressKind('kind').notNull(),
    oldAddress: text('old_address'),
    oldVerifiedAt: instant('old_verified_at'),
    newAddress: text('new_address').notNull(),
    createdAt: instant('created_at').notNull(),
    /** The old address is held for its owner, and the cancel link works, until then. */
    cancellableUntil: instant('cancellable_until').notNull(),
    completedAt: instant('completed_at'),
    /** Cancelled, or replaced by a later change. */
    endedAt: instant('ended_at'),
  },
  (table) => [
    uniqueIndex('address_changes_pending')
      .on(table.userId, table.kind)
      .where(sql`${table.completedAt} IS NULL AND ${table.endedAt} IS NULL`),
    index('address_changes_held')
      .on(sql`lower(${table.oldAddress})`)
      .where(sql`${table.completedAt} IS NOT NULL AND ${table.endedAt} IS NULL`),
    index('address_changes_expiry').on(table.cancellableUntil),
  ],
);

/** What a person adds to the first factor. A TOTP secret counts only once it is confirmed. */
export const secondFactors = schema.table('second_factors', {
  userId: owner().primaryKey(),
  /** Codes by message: to the e-mail address, or the phone. */
  isEmailOn: boolean('is_email_on').notNull().default(false),
  sealedTotpSecret: text('sealed_totp_secret'),
  totpConfirmedAt: instant('totp_confirmed_at'),
  /** The latest time step whose code was taken: a code is never taken twice (RFC 6238, section 5.2). */
  lastTotpStep: bigint('last_totp_step', { mode: 'number' }).notNull().default(0),
});

export const recoveryCodes = schema.table(
  'recovery_codes',
  {
    userId: owner(),
    codeHmac: text('code_hmac').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [primaryKey({ columns: [table.userId, table.codeHmac] })],
);

/** A sign-in whose first factor was right and that waits for the second. */
export const signInChallenges = schema.table(
  'sign_in_challenges',
  {
    tokenHash: text('token_hash').primaryKey(),
    userId: owner(),
    /** How the first factor was given, as `amr` values. */
    amr: text('amr').array().notNull(),
    /** The channel the first factor already proved, which is no second one. */
    provenChannel: text('proven_channel').$type<'email' | 'sms'>(),
    isRemembered: boolean('is_remembered').notNull(),
    tries: integer('tries').notNull().default(0),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [
    index('sign_in_challenges_user').on(table.userId),
    index('sign_in_challenges_expiry').on(table.expiresAt),
  ],
);

/** A browser or app that signed in before, recognised by a token it keeps. */
export const devices = schema.table(
  'devices',
  {
    id: uuid('id').primaryKey(),
    userId: owner(),
    tokenHash: text('token_hash').notNull(),
    userAgent: text('user_agent').notNull(),
    ip: text('ip'),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    /** Skips the second factor until then. */
    trustedUntil: instant('trusted_until'),
  },
  (table) => [
    uniqueIndex('devices_token_key').on(table.tokenHash),
    index('devices_user').on(table.userId),
    index('devices_seen').on(table.lastSeenAt),
  ],
);

/** Failed sign-ins of an account, a network or both, and until when more are refused. */
export const loginThrottles = schema.table(
  'login_throttles',
  {
    key: text('key').primaryKey(),
    failures: integer('failures').notNull(),
    windowStart: instant('window_start').notNull(),
    /** How many windows in a row were used up; each doubles the wait. */
    strikes: integer('strikes').notNull().default(0),
    blockedUntil: instant('blocked_until'),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [index('login_throttles_age').on(table.updatedAt)],
);
