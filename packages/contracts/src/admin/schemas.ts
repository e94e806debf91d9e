import { z } from 'zod';
import { role, user } from '../auth/schemas.ts';
import { id, instant, instantOut, notEmpty, page, text } from '../fields.ts';
import { merchantStatus } from '../people/schemas.ts';

/** A person as those see them who look after the installation. A password hash is never part of it. */
export const adminUser = user
  .extend({
    isActive: z.boolean(),
    hasPassword: z.boolean(),
    deletedAt: instantOut.nullable(),
    /** When the purge removes a deleted account for good. */
    purgeAfter: instantOut.nullable(),
  })
  .meta({ id: 'AdminUser' });
export type AdminUser = z.infer<typeof adminUser>;

export const userStatus = z.enum(['active', 'unverified', 'deactivated', 'deleted']);

export const listUsersQuery = z.strictObject({
  ...page,
  query: text({ min: 1, max: 200 })
    .optional()
    .meta({ description: 'Part of an e-mail, phone, username or name' }),
  role: role.optional(),
  status: userStatus.optional().meta({ description: 'Without it everybody who is not deleted' }),
});
export type ListUsersQuery = z.output<typeof listUsersQuery>;

export const updateUserBody = notEmpty(
  z.strictObject({
    role: role.optional(),
    isActive: z.boolean().optional(),
    department: text({ min: 1, max: 80 }).nullable().optional(),
    isEditor: z.boolean().optional().meta({
      description: 'Whether they may edit the documents of their department',
    }),
  }),
);
export type UpdateUserBody = z.output<typeof updateUserBody>;

export const purgeBody = z.strictObject({
  confirm: z
    .string()
    .max(254)
    .meta({ description: 'The e-mail of the account; its phone where it has none' }),
});

export const impersonation = z.object({
  accessToken: z.string(),
  tokenType: z.literal('Bearer'),
  expiresIn: z.int(),
  user: adminUser,
});

export const listMerchantsQuery = z.strictObject({ ...page, status: merchantStatus.optional() });

export const reviewMerchantBody = z
  .strictObject({
    status: z.enum(['VERIFIED', 'REJECTED']),
    reason: text({ min: 1, max: 1_000 }).optional(),
  })
  .refine((body) => (body.status === 'REJECTED') === (body.reason !== undefined), {
    message: 'A rejection needs a reason, a verification has none',
    path: ['reason'],
  });

export const auditEntry = z
  .object({
    id,
    at: instantOut,
    actorId: id.nullable(),
    action: z.string(),
    targetId: id.nullable(),
    ip: z.string().nullable(),
    requestId: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntry>;

export const listAuditQuery = z.strictObject({
  ...page,
  actorId: id.optional(),
  targetId: id.optional(),
  action: z
    .string()
    .regex(/^[a-z_.]{1,60}$/, 'Must be an action, for example user.role_changed')
    .optional(),
  from: instant.optional(),
  to: instant.optional(),
});
export type ListAuditQuery = z.output<typeof listAuditQuery>;

const count = z.int().min(0);

export const stats = z.object({
  total: count.meta({ description: 'Accounts that are not deleted' }),
  active: count.meta({ description: 'Of these, those that may sign in' }),
  verified: count,
  unverified: count,
  deactivated: count,
  deleted: count,
  merchantsPending: count,
  pendingCodes: count.meta({ description: 'One-time codes that could still be used' }),
  sessions: count.meta({ description: 'Sessions that are live' }),
  signInsPerDay: z
    .array(z.object({ day: z.string(), count }))
    .meta({ description: 'The last 30 days in UTC, oldest first' }),
});
