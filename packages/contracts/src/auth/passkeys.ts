import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { id, instantOut, text } from '../fields.ts';
import { CONFIRM_ERRORS, confirmation, howToSignIn, signedIn } from './schemas.ts';

const name = text({ min: 1, max: 100 });

export const passkey = z
  .object({
    id,
    name: z.string(),
    isSynced: z
      .boolean()
      .meta({ description: 'Kept by a provider on several devices, rather than in one device' }),
    createdAt: instantOut,
    lastUsedAt: instantOut.nullable(),
  })
  .meta({ id: 'Passkey' });
export type Passkey = z.infer<typeof passkey>;

/** Options for `navigator.credentials`, in the JSON form of WebAuthn Level 3, section 5.1. */
const ceremonyOptions = z.looseObject({ challenge: z.string() });

const base64url = z.string().regex(/^[\w-]+$/, 'Must be base64url');

const credential = {
  id: base64url.max(1_400),
  rawId: base64url.max(1_400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).nullish(),
  clientExtensionResults: z.looseObject({}),
};

/** What `credential.toJSON()` gives after `navigator.credentials.create()`. */
const registration = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url.max(10_000),
    attestationObject: base64url.max(100_000),
    transports: z
      .array(z.string().regex(/^[a-z-]{1,30}$/))
      .max(10)
      .optional(),
  }),
});

/** What `credential.toJSON()` gives after `navigator.credentials.get()`. */
const assertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url.max(10_000),
    authenticatorData: base64url.max(10_000),
    signature: base64url.max(2_000),
    userHandle: base64url.max(200).nullish(),
  }),
});

export const registerPasskeyBody = z.strictObject({ response: registration, name: name.optional() });
export const passkeyLoginBody = z.strictObject({
  response: assertion,
  rememberDevice: z.boolean().default(false),
  ...howToSignIn,
});
export const renamePasskeyBody = z.strictObject({ name });

const params = z.object({ passkeyId: id });

export const passkeyRoutes = {
  passkeyRegisterOptions: defineRoute({
    method: 'POST',
    path: '/v1/auth/passkeys/register/options',
    summary: 'Begin to add a passkey: options for `navigator.credentials.create`, good for five minutes',
    description: 'An old session needs the password or a code.',
    auth: 'required',
    body: z.strictObject(confirmation).optional(),
    responses: { 200: ceremonyOptions },
    errors: ['TOO_MANY_PASSKEYS', ...CONFIRM_ERRORS],
  }),
  passkeyRegister: defineRoute({
    method: 'POST',
    path: '/v1/auth/passkeys/register/verify',
    summary: 'Add the passkey that was made',
    auth: 'required',
    body: registerPasskeyBody,
    responses: { 201: passkey },
    errors: ['PASSKEY_REFUSED', 'CHALLENGE_EXPIRED', 'PASSKEY_KNOWN', 'TOO_MANY_PASSKEYS'],
  }),
  listPasskeys: defineRoute({
    method: 'GET',
    path: '/v1/auth/passkeys',
    summary: 'My passkeys, newest first',
    auth: 'required',
    responses: { 200: z.object({ items: z.array(passkey), nextCursor: z.null() }) },
    errors: [],
  }),
  renamePasskey: defineRoute({
    method: 'PATCH',
    path: '/v1/auth/passkeys/:passkeyId',
    summary: 'Rename a passkey',
    auth: 'required',
    params,
    body: renamePasskeyBody,
    responses: { 200: passkey },
    errors: ['PASSKEY_NOT_FOUND'],
  }),
  deletePasskey: defineRoute({
    method: 'DELETE',
    path: '/v1/auth/passkeys/:passkeyId',
    summary: 'Delete a passkey; nobody can sign in with it any more',
    auth: 'required',
    params,
    responses: { 204: null },
    errors: ['PASSKEY_NOT_FOUND'],
  }),
  passkeyLoginOptions: defineRoute({
    method: 'POST',
    path: '/v1/auth/passkeys/login/options',
    summary:
      'Begin to sign in with a passkey: options for `navigator.credentials.get`, the same for everybody',
    auth: 'none',
    responses: { 200: ceremonyOptions },
    errors: ['TOO_MANY_ATTEMPTS'],
  }),
  passkeyLogin: defineRoute({
    method: 'POST',
    path: '/v1/auth/passkeys/login/verify',
    summary: 'Sign in with a passkey alone; it counts as two factors',
    auth: 'none',
    body: passkeyLoginBody,
    responses: { 200: signedIn },
    errors: ['INVALID_CREDENTIALS', 'CHALLENGE_EXPIRED'],
  }),
} as const;
