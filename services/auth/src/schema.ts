import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant, schema } from './schema-base.ts';

export * from './schema-credentials.ts';
export * from './schema-flows.ts';
export * from './schema-people.ts';
export { schema };

export const roleEnum = schema.enum('role', ['USER', 'MODERATOR', 'ADMIN']);
export const accountType = schema.enum('account_type', ['CONSUMER', 'MERCHANT']);
export const codePurpose = schema.enum('code_purpose', [
  'SIGNUP',
  'SIGNIN',
  'PASSWORD_RESET',
  'EMAIL_CHANGE',
  'PHONE_CHANGE',
  'TWO_FACTOR',
]);

/** One person. E-mail keeps its spelling and is unique without regard to case. */
export const users = schema.table(
  'users',
  {
    id: uuid('id').primaryKey(),
    email: text('email'),
    phone: text('phone'),
    username: text('username'),
    name: text('name').notNull(),
    fullName: text('full_name'),
    passwordHash: text('password_hash'),
    role: roleEnum('role').notNull().default('USER'),
    accountType: accountType('account_type').notNull().default('CONSUMER'),
    emailVerifiedAt: instant('email_verified_at'),
    phoneVerifiedAt: instant('phone_verified_at'),
    /** What their share of the department's documents is decided by; admins set both. */
    department: text('department'),
    isEditor: boolean('is_editor').notNull().default(false),
    isActive: boolean('is_active').notNull().default(true),
    country: text('country'),
    state: text('state'),
    zip: text('zip'),
    dob: date('dob'),
    timeZone: text('time_zone').notNull().default('UTC'),
    locale: text('locale').notNull().default('en'),
    avatarUrl: text('avatar_url'),
    lastLoginAt: instant('last_login_at'),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
    deletedAt: instant('deleted_at'),
    /** Themselves or an admin; only who deleted their own account may take it back with the mailed link. */
    deletedBy: uuid('deleted_by'),
  },
  (table) => [
    index('users_deleted').on(table.deletedAt).where(sql`${table.deletedAt} IS NOT NULL`),
    uniqueIndex('users_email_key').on(sql`lower(${table.email})`),
    uniqueIndex('users_phone_key').on(table.phone),
    uniqueIndex('users_username_key').on(table.username),
  ],
);

/**
 * The code of an address for a purpose and how often it was sent and guessed. The row outlives its code, so that
 * the counts hold across resends; `codeHmac` is null once the code is used up.
 */
export const oneTimeCodes = schema.table(
  'one_time_codes',
  {
    target: text('target').notNull(),
    purpose: codePurpose('purpose').notNull(),
    codeHmac: text('code_hmac'),
    /** What the code is for, such as the name and password hash of a sign-up. */
    payload: jsonb('payload'),
    wrongGuesses: integer('wrong_guesses').notNull().default(0),
    guessesInHour: integer('guesses_in_hour').notNull().default(0),
    guessHourStart: instant('guess_hour_start').notNull(),
    sendsInHour: integer('sends_in_hour').notNull().default(1),
    sendHourStart: instant('send_hour_start').notNull(),
    sentAt: instant('sent_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.target, table.purpose] }),
    index('one_time_codes_expiry').on(table.expiresAt),
  ],
);

/** A device that is signed in. Its refresh tokens form one family: when the session ends, all of them do. */
export const sessions = schema.table(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    userAgent: text('user_agent').notNull(),
    ip: text('ip'),
    isRemembered: boolean('is_remembered').notNull(),
    /** How the person signed in (RFC 8176), repeated in every access token of the session. */
    amr: text('amr').array().notNull(),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    /** No refresh beyond this, however often the session was renewed. */
    endsAt: instant('ends_at').notNull(),
    endedAt: instant('ended_at'),
    /** The admin who acts as the person; such a session has no refresh token. */
    impersonatedBy: uuid('impersonated_by'),
  },
  (table) => [
    index('sessions_of_user').on(table.userId, table.createdAt),
    index('sessions_of_actor').on(table.impersonatedBy).where(sql`${table.impersonatedBy} IS NOT NULL`),
  ],
);

export const refreshTokens = schema.table(
  'refresh_tokens',
  {
    tokenHash: text('token_hash').primaryKey(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    rotatedAt: instant('rotated_at'),
  },
  (table) => [
    index('refresh_tokens_session').on(table.sessionId),
    index('refresh_tokens_expiry').on(table.expiresAt),
  ],
);

/** Ended sessions whose access tokens may still be alive; every instance keeps these in memory. */
export const deniedSessions = schema.table('denied_sessions', {
  sessionId: uuid('session_id').primaryKey(),
  until: instant('until').notNull(),
});

/** Signing keys, newest first in use; the private half is sealed under SPACEDLY_SECRET. */
export const signingKeys = schema.table('signing_keys', {
  kid: text('kid').primaryKey(),
  publicJwk: jsonb('public_jwk').notNull(),
  sealedPrivateJwk: text('sealed_private_jwk').notNull(),
  /** It is published before, so that verifiers know it when they meet its first token. */
  signsFrom: instant('signs_from').notNull(),
  createdAt: instant('created_at').notNull(),
});

/** How often something happened since the start of its window; see `limits/counters.ts`. */
export const counters = schema.table('counters', {
  key: text('key').primaryKey(),
  count: integer('count').notNull(),
  windowStart: instant('window_start').notNull(),
});
