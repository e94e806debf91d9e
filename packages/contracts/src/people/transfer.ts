import { z } from 'zod';
import { role, updateMeFields, username } from '../auth/schemas.ts';
import { defineRoute } from '../contract.ts';
import { email, id, instant, instantOut, phone, text, timeZone } from '../fields.ts';

/** One account as it comes from another system: a line of the file of `spacedly users import`. */
export const importedUser = z
  .strictObject({
    email: email.optional(),
    phone: phone.optional(),
    username: username.optional(),
    name: updateMeFields.name.unwrap(),
    fullName: text({ min: 1, max: 200 }).optional(),
    passwordHash: text({ min: 1, max: 1_000 })
      .optional()
      .meta({ description: 'Argon2, bcrypt, scrypt or PBKDF2; replaced by our own at the next sign-in' }),
    role: role.default('USER'),
    isActive: z.boolean().default(true),
    emailVerified: z.boolean().default(false),
    phoneVerified: z.boolean().default(false),
    country: updateMeFields.country.unwrap().unwrap().optional(),
    state: updateMeFields.state.unwrap().unwrap().optional(),
    zip: updateMeFields.zip.unwrap().unwrap().optional(),
    dob: updateMeFields.dob.unwrap().unwrap().optional(),
    timeZone: timeZone.default('UTC'),
    locale: updateMeFields.locale.unwrap().default('en'),
    createdAt: instant.optional(),
  })
  .refine((user) => user.email !== undefined || user.phone !== undefined, {
    message: 'Give email or phone, or both',
    path: ['email'],
  });
export type ImportedUser = z.output<typeof importedUser>;

/** `exists`: an account has the e-mail, phone or username already. `unknown_hash`: a format we cannot check. */
export const importOutcome = z.enum(['created', 'exists', 'unknown_hash']);

export const MAX_IMPORT_BATCH = 100;

/** The same as is imported, so that what one installation exports another imports. */
export const exportedUser = z.object({
  email: z.string().optional(),
  phone: z.string().optional(),
  username: z.string().optional(),
  name: z.string(),
  fullName: z.string().optional(),
  passwordHash: z.string().optional(),
  role,
  isActive: z.boolean(),
  emailVerified: z.boolean(),
  phoneVerified: z.boolean(),
  country: z.string().optional(),
  state: z.string().optional(),
  zip: z.string().optional(),
  dob: z.string().optional(),
  timeZone: z.string(),
  locale: z.string(),
  createdAt: instantOut,
});
export type ExportedUser = z.infer<typeof exportedUser>;

/** For the command line alone: hashes leave through no other door. */
export const transferRoutes = {
  importUsers: defineRoute({
    method: 'POST',
    path: '/internal/auth/users/import',
    summary: 'Add accounts from another system',
    auth: 'internal',
    body: z.strictObject({ users: z.array(importedUser).min(1).max(MAX_IMPORT_BATCH) }),
    responses: { 200: z.object({ outcomes: z.array(importOutcome) }) },
    errors: [],
  }),
  exportUsers: defineRoute({
    method: 'GET',
    path: '/internal/auth/users/export',
    summary: 'Accounts with their password hashes, oldest first',
    auth: 'internal',
    query: z.strictObject({ after: id.optional() }),
    responses: { 200: z.object({ items: z.array(exportedUser), next: id.nullable() }) },
    errors: [],
  }),
} as const;
