import { idempotencyTable } from '@spacedly/kit/idempotency-table';
import { sql } from 'drizzle-orm';
import { bigint, boolean, index, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { users } from './schema.ts';
import { instant, schema } from './schema-base.ts';

const owner = () =>
  uuid('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' });

/** Who a person is at another provider: its issuer, and the subject, which alone is stable there. */
export const identities = schema.table(
  'identities',
  {
    provider: text('provider').notNull(),
    subject: text('subject').notNull(),
    userId: owner(),
    /** The address as the provider had it when it was linked; for people to recognise it, never to look up by. */
    email: text('email'),
    createdAt: instant('created_at').notNull(),
    lastUsedAt: instant('last_used_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.subject] }),
    index('identities_user').on(table.userId),
  ],
);

/** A WebAuthn credential; only its public key is here. */
export const passkeys = schema.table(
  'passkeys',
  {
    id: uuid('id').primaryKey(),
    userId: owner(),
    /** As the authenticator names it, base64url. */
    credentialId: text('credential_id').notNull(),
    publicKey: text('public_key').notNull(),
    /** Grows with each use where the authenticator counts; one that falls back tells of a copy. */
    counter: bigint('counter', { mode: 'number' }).notNull(),
    transports: text('transports').array().notNull(),
    isSynced: boolean('is_synced').notNull(),
    name: text('name').notNull(),
    createdAt: instant('created_at').notNull(),
    lastUsedAt: instant('last_used_at'),
  },
  (table) => [
    uniqueIndex('passkeys_credential_key').on(table.credentialId),
    index('passkeys_user').on(table.userId),
  ],
);

export const ceremony = schema.enum('ceremony', ['REGISTER', 'SIGN_IN']);

/** A challenge that waits for its answer. Deleted by the first answer, right or wrong. */
export const passkeyChallenges = schema.table(
  'passkey_challenges',
  {
    challenge: text('challenge').primaryKey(),
    ceremony: ceremony('ceremony').notNull(),
    /** Who adds a passkey; null for a sign-in, where that is not known yet. */
    userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('passkey_challenges_expiry').on(table.expiresAt)],
);

/** A token for scripts. The secret follows from the id and SPACEDLY_SECRET; here lies only its hash. */
export const personalTokens = schema.table(
  'personal_tokens',
  {
    id: uuid('id').primaryKey(),
    userId: owner(),
    tokenHash: text('token_hash').notNull(),
    hint: text('hint').notNull(),
    name: text('name').notNull(),
    scopes: text('scopes').array().notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at'),
    lastUsedAt: instant('last_used_at'),
  },
  (table) => [
    uniqueIndex('personal_tokens_hash_key').on(table.tokenHash),
    index('personal_tokens_user').on(table.userId),
    index('personal_tokens_expiry').on(table.expiresAt).where(sql`${table.expiresAt} IS NOT NULL`),
  ],
);

export const idempotencyKeys = idempotencyTable(schema);
