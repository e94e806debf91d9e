import { z } from 'zod';
import { client, day, email, id, instantOut, phone, text, timeZone } from '../fields.ts';

export const role = z.enum(['USER', 'MODERATOR', 'ADMIN']);
export type Role = z.infer<typeof role>;

/** 3–30 of `a-z 0-9 _ .`, lower case. */
export const username = z
  .string()
  .regex(/^[a-z0-9_.]{3,30}$/, 'Must be 3–30 characters of a–z, 0–9, underscore and dot');

/** 8–128 characters of any kind; common passwords are refused when it is set. */
export const newPassword = text({ min: 0, max: 128 }).refine(
  (value) => [...value].length >= 8,
  'Must have at least 8 characters',
);

export const user = z
  .object({
    id,
    email: z.string().nullable(),
    phone: z.string().nullable(),
    username: z.string().nullable(),
    name: z.string(),
    fullName: z.string().nullable(),
    role,
    accountType: z.enum(['CONSUMER', 'MERCHANT']),
    emailVerifiedAt: instantOut.nullable(),
    phoneVerifiedAt: instantOut.nullable(),
    isProfileComplete: z.boolean(),
    country: z.string().nullable(),
    state: z.string().nullable(),
    zip: z.string().nullable(),
    dob: z.string().nullable(),
    timeZone: z.string(),
    locale: z.string(),
    avatarUrl: z.string().nullable(),
    department: z.string().nullable(),
    isEditor: z.boolean().meta({ description: 'Whether they may edit what belongs to their department' }),
    lastLoginAt: instantOut.nullable(),
    createdAt: instantOut,
    updatedAt: instantOut,
    version: z.int(),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof user>;

export const tokens = z
  .object({
    accessToken: z.string(),
    refreshToken: z.string(),
    tokenType: z.literal('Bearer'),
    expiresIn: z.int().meta({ description: 'Life of the access token in seconds' }),
  })
  .meta({ id: 'Tokens' });
export type Tokens = z.infer<typeof tokens>;

/** `json` (default) answers with the tokens; `cookie` sets them as HttpOnly cookies and leaves them out. */
export const delivery = z.enum(['json', 'cookie']).default('json');

const MIN_AGE_YEARS = 13;

const dob = day.refine((value) => {
  const latest = new Date();
  latest.setUTCFullYear(latest.getUTCFullYear() - MIN_AGE_YEARS);
  return value <= latest.toISOString().slice(0, 10);
}, `Must be at least ${MIN_AGE_YEARS} years ago`);

const name = text({ min: 2, max: 100 });

/** Where a code goes: one of the two. */
export const address = { email: email.optional(), phone: phone.optional() };

export function exactlyOneAddress(value: {
  email?: string | undefined;
  phone?: string | undefined;
}): boolean {
  return (value.email === undefined) !== (value.phone === undefined);
}
export const ONE_ADDRESS = { message: 'Give either email or phone', path: ['email'] };

/** A language, with the country whose habits dates and numbers follow. */
export const locale = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'Must be a locale like en or en-GB');

export const signupBody = z
  .strictObject({
    ...address,
    password: newPassword.optional(),
    name,
    locale: locale.optional().meta({
      description:
        'Of the messages until there is an account, and then of the account; `Accept-Language` where it is absent',
    }),
    timeZone: timeZone.optional().meta({ description: 'Of the same; UTC where it is absent' }),
  })
  .refine(exactlyOneAddress, ONE_ADDRESS);

export const signupAnswer = z.object({
  status: z.literal('verification_required'),
  channel: z.enum(['EMAIL', 'SMS']),
  expiresAt: instantOut,
});

export const code = z.string().regex(/^\d{6}$/, 'Must be six digits');

/** A password as it is given to prove something; whether it is a good one matters only when it is set. */
export const givenPassword = text({ min: 1, max: 1_000 });

/** The token of a link in a message. */
export const linkToken = z.string().min(1).max(200);

/** How every sign-in may be asked for; browsers send the device token as a cookie instead. */
export const howToSignIn = {
  delivery,
  deviceToken: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'Given by an earlier sign-in on this device' }),
};
export const rememberDevice = z.boolean().default(false);

/** Proof that it is the owner who asks, where a session alone is not enough. */
export const confirmation = {
  password: givenPassword.optional(),
  code: code.optional().meta({ description: 'A code asked for at `/v1/auth/otp/request`' }),
};

/** What a route that takes a confirmation may answer with. */
export const CONFIRM_ERRORS = [
  'CONFIRMATION_REQUIRED',
  'WRONG_CREDENTIAL',
  'INVALID_CODE',
  'CODE_EXPIRED',
  'TOO_MANY_ATTEMPTS',
  'SIGN_IN_BUSY',
] as const;

/** The answer to every request for a code; the same whether or not one was sent. */
export const codeSent = z.object({ channel: z.enum(['EMAIL', 'SMS']), expiresAt: instantOut });

export const verifySignupBody = z
  .strictObject({ ...address, code, ...howToSignIn })
  .refine(exactlyOneAddress, ONE_ADDRESS);

export const loginBody = z.strictObject({
  identifier: text({ min: 1, max: 254 }).meta({ description: 'E-mail, phone or username' }),
  password: givenPassword,
  rememberDevice,
  ...howToSignIn,
});

/** `tokens` is left out when they travel as cookies. */
export const signedIn = z.object({
  user,
  tokens: tokens.optional(),
  deviceToken: z
    .string()
    .optional()
    .meta({ description: 'Names this device from now on; given with `rememberDevice` or `trustDevice`' }),
});

export const refreshBody = z.strictObject({ refreshToken: z.string().max(500).optional() });

/** With cookie delivery the body carries the life of the access token only. */
export const refreshed = tokens.partial({ accessToken: true, refreshToken: true });

export const session = z
  .object({
    id,
    ...client,
    ip: z.string().nullable(),
    createdAt: instantOut,
    lastSeenAt: instantOut,
    current: z.boolean(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof session>;

/** What a person may change of their account. */
export const updateMeFields = {
  name: name.optional(),
  fullName: text({ min: 1, max: 200 }).nullable().optional(),
  username: username.nullable().optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Must be a two-letter ISO 3166-1 code')
    .nullable()
    .optional(),
  state: text({ min: 1, max: 100 }).nullable().optional(),
  zip: text({ min: 1, max: 20 }).nullable().optional(),
  dob: dob.nullable().optional(),
  timeZone: timeZone.optional(),
  locale: locale.optional(),
};

/** What other services may know of a person, to reach them and to count their days. */
export const contact = z.object({
  userId: id,
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  timeZone: z.string(),
  locale: z.string(),
});
export type Contact = z.infer<typeof contact>;

/** Somebody as other services show them beside what they shared or wrote, and what their access is decided by. */
export const knownPerson = z.object({
  id,
  name: z.string(),
  username: z.string().nullable(),
  avatarUrl: z.string().nullable(),
  email: z.string().nullable().meta({ description: 'Null until it is verified' }),
  department: z.string().nullable(),
  isEditor: z.boolean(),
  locale: z.string(),
  timeZone: z.string(),
});
export type KnownPerson = z.infer<typeof knownPerson>;

const MAX_FOUND = 100;

/** People by what is known of them; those who are not here are not among the found. */
export const findPeopleBody = z.object({
  ids: z.array(id).max(MAX_FOUND).default([]),
  emails: z.array(z.string().max(254)).max(MAX_FOUND).default([]),
  usernames: z.array(z.string().max(30)).max(MAX_FOUND).default([]),
});
export type FindPeopleBody = z.output<typeof findPeopleBody>;
