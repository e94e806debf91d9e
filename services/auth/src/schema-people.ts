import { bigint, index, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { users } from './schema.ts';
import { instant, schema } from './schema-base.ts';

export const merchantStatus = schema.enum('merchant_status', ['PENDING', 'VERIFIED', 'REJECTED']);
export const exportStatus = schema.enum('export_status', ['PENDING', 'READY']);

const ownerId = () =>
  uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' });

/** What a person says of themselves and how they like the product. The row is made with the first change. */
export const userProfiles = schema.table('user_profiles', {
  userId: ownerId(),
  bio: text('bio'),
  headline: text('headline'),
  links: jsonb('links').$type<{ label: string; url: string }[]>().notNull().default([]),
  preferences: jsonb('preferences').$type<Record<string, unknown>>().notNull().default({}),
  updatedAt: instant('updated_at').notNull(),
});

/** The business behind an account of type MERCHANT, and what we found when we looked at it. */
export const merchants = schema.table(
  'merchants',
  {
    userId: ownerId(),
    businessName: text('business_name').notNull(),
    category: text('category').notNull(),
    taxId: text('tax_id').notNull(),
    address: text('address').notNull(),
    contactEmail: text('contact_email').notNull(),
    contactPhone: text('contact_phone'),
    website: text('website'),
    status: merchantStatus('status').notNull().default('PENDING'),
    rejectionReason: text('rejection_reason'),
    /** When it last became PENDING. */
    submittedAt: instant('submitted_at').notNull(),
    reviewedAt: instant('reviewed_at'),
    reviewedBy: uuid('reviewed_by'),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [index('merchants_by_status').on(table.status, table.submittedAt, table.userId)],
);

/**
 * Who did what to whom. Only ever added to: a trigger refuses changes (in the first migration). The ids are no
 * foreign keys, because a row outlives the people it names.
 */
export const auditLog = schema.table(
  'audit_log',
  {
    id: uuid('id').primaryKey(),
    at: instant('at').notNull(),
    /** Null for the installation itself: a job, or the command line. */
    actorId: uuid('actor_id'),
    action: text('action').notNull(),
    targetId: uuid('target_id'),
    ip: text('ip'),
    requestId: text('request_id'),
    /** Facts that name nobody, such as the old and the new role. */
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [
    index('audit_log_by_time').on(table.at, table.id),
    index('audit_log_by_actor').on(table.actorId, table.at),
    index('audit_log_by_target').on(table.targetId, table.at),
  ],
);

/** An archive of everything about a person, asked for by them. */
export const dataExports = schema.table(
  'data_exports',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    status: exportStatus('status').notNull().default('PENDING'),
    sizeBytes: bigint('size_bytes', { mode: 'number' }),
    createdAt: instant('created_at').notNull(),
    readyAt: instant('ready_at'),
    /** End of the download; of a request that is not finished, when it is forgotten. */
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    index('data_exports_of_user').on(table.userId, table.createdAt),
    index('data_exports_expiry').on(table.expiresAt),
  ],
);
