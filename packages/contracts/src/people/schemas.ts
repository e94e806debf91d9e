import { z } from 'zod';
import { updateMeFields, user } from '../auth/schemas.ts';
import { email, id, instantOut, notEmpty, phone, text, timeZone, webLink } from '../fields.ts';

export const profileLink = z.strictObject({ label: text({ min: 1, max: 60 }), url: webLink });

const MAX_PREFERENCES_LENGTH = 16_384;
const MAX_PREFERENCES_DEPTH = 10;

// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what we look for; PostgreSQL cannot store it.
const NUL = /\u0000/;

/** Whether every text and key in a JSON value can be stored, and nothing lies deeper than allowed. */
function isStorable(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !NUL.test(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === MAX_PREFERENCES_DEPTH) return false;
  return Object.entries(value).every(([key, part]) => isStorable(key) && isStorable(part, depth + 1));
}

/** Settings of the apps, kept for them as they are: a JSON object of at most 16,384 characters, ten levels deep. */
export const preferences = z
  .record(z.string(), z.unknown())
  .refine((value) => isStorable(value), 'Has text that cannot be stored, or more than ten levels')
  .refine(
    (value) => !isStorable(value) || JSON.stringify(value).length <= MAX_PREFERENCES_LENGTH,
    'Must be at most 16,384 characters of JSON',
  );

const profile = z.object({
  bio: z.string().nullable(),
  headline: z.string().nullable(),
  links: z.array(z.object({ label: z.string(), url: z.string() })),
  preferences: z.record(z.string(), z.unknown()),
});

export const me = user
  .extend({
    ...profile.shape,
    impersonatedBy: id.nullable().meta({ description: 'The admin who acts as me right now' }),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof me>;

export const updateMyProfileBody = notEmpty(
  z.strictObject({
    ...updateMeFields,
    bio: text({ min: 1, max: 2_000 }).nullable().optional(),
    headline: text({ min: 1, max: 150 }).nullable().optional(),
    links: z.array(profileLink).max(10).optional(),
    preferences: preferences.optional().meta({ description: 'Replaces the whole object' }),
  }),
);
export type UpdateMyProfileBody = z.output<typeof updateMyProfileBody>;

/** What makes a profile complete; all of it has to be given. */
export const completeProfileBody = z.strictObject({
  ...updateMeFields,
  name: updateMeFields.name.unwrap(),
  country: updateMeFields.country.unwrap().unwrap(),
  timeZone,
});

export const publicProfile = z
  .object({
    id,
    name: z.string(),
    username: z.string().nullable(),
    avatarUrl: z.string().nullable(),
    bio: z.string().nullable(),
  })
  .meta({ id: 'PublicProfile' });
export type PublicProfile = z.infer<typeof publicProfile>;

export const merchantStatus = z.enum(['PENDING', 'VERIFIED', 'REJECTED']);

export const merchantBody = z.strictObject({
  businessName: text({ min: 2, max: 200 }),
  category: text({ min: 2, max: 100 }),
  taxId: text({ min: 2, max: 50 }),
  address: text({ min: 2, max: 500 }),
  contactEmail: email,
  contactPhone: phone.nullable().default(null),
  website: webLink.nullable().default(null),
});
export type MerchantBody = z.output<typeof merchantBody>;

export const merchant = z
  .object({
    userId: id,
    businessName: z.string(),
    category: z.string(),
    taxId: z.string(),
    address: z.string(),
    contactEmail: z.string(),
    contactPhone: z.string().nullable(),
    website: z.string().nullable(),
    status: merchantStatus,
    rejectionReason: z.string().nullable(),
    submittedAt: instantOut,
    reviewedAt: instantOut.nullable(),
    createdAt: instantOut,
    updatedAt: instantOut,
    version: z.int(),
  })
  .meta({ id: 'Merchant' });
export type Merchant = z.infer<typeof merchant>;

/** The password, or for an account without one a sign-in code that was just sent. */
export const deleteMeBody = z
  .strictObject({
    password: text({ min: 1, max: 1_000 }).optional(),
    code: z
      .string()
      .regex(/^\d{6}$/, 'Must be six digits')
      .optional(),
  })
  .refine((body) => (body.password === undefined) !== (body.code === undefined), {
    message: 'Give either password or code',
    path: ['password'],
  });

export const restoreBody = z.strictObject({ token: z.string().min(1).max(500) });

export const dataExport = z
  .object({
    id,
    status: z.enum(['PENDING', 'READY']),
    requestedAt: instantOut,
    downloadUrl: z.string().nullable().meta({ description: 'Once READY; for its owner alone, for 7 days' }),
    expiresAt: instantOut.nullable().meta({ description: 'End of the download, once READY' }),
    sizeBytes: z.int().nullable(),
  })
  .meta({ id: 'DataExport' });

/** One page of what a service knows about a person. Sections follow each other; a section may span pages. */
export const exportPage = z.object({
  section: z.string(),
  rows: z.array(z.record(z.string(), z.unknown())),
  /** Stored files that belong into the archive. */
  files: z.array(z.object({ key: z.string(), name: z.string() })),
  nextCursor: z.string().nullable(),
});
export type ExportPage = z.infer<typeof exportPage>;

export const exportQuery = z.object({ cursor: z.string().max(500).optional() });
