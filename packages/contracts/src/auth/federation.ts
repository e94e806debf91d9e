import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { id, text, timeZone } from '../fields.ts';
import { locale, role } from './schemas.ts';

/** Why a sign-in at another provider did not work, as `?error=` of the sign-in page. */
export const signInErrors = {
  'provider-not-configured': 'No other sign-in provider is set up here.',
  'provider-unavailable': 'The sign-in provider does not answer right now.',
  'provider-refused': 'The sign-in provider did not confirm who you are.',
  'sign-in-cancelled': 'The sign-in was cancelled.',
  'sign-in-expired': 'The sign-in took too long or was begun in another browser. Please try again.',
  'email-not-verified': 'The provider has not verified your e-mail address, so it proves nothing.',
  'account-closed': 'This account is deactivated or deleted.',
} as const;
export type SignInError = keyof typeof signInErrors;

/** A path of our own site, such as `/tasks/7?view=day`: never another origin, however it is written. */
export const returnTo = text({ min: 1, max: 2_000 })
  .refine((value) => {
    if (!/^\/(?![/\\])/.test(value)) return false;
    const url = URL.parse(value, 'https://here.invalid');
    return url !== null && url.origin === 'https://here.invalid';
  }, 'Must be a path of this site, such as /tasks')
  .transform((value) => {
    // As it goes into a Location header: percent-encoded, without line breaks.
    const { pathname, search, hash } = new URL(value, 'https://here.invalid');
    return `/${pathname.replace(/^\/+/, '')}${search}${hash}`;
  });

export const federationRoutes = {
  listProviders: defineRoute({
    method: 'GET',
    path: '/v1/auth/providers',
    summary: 'Other providers people can sign in with here',
    auth: 'none',
    responses: {
      200: z.object({
        items: z.array(z.object({ name: z.string(), url: z.string() })),
        nextCursor: z.null(),
      }),
    },
    errors: [],
  }),
  beginFederatedSignIn: defineRoute({
    method: 'GET',
    path: '/v1/auth/google',
    summary: 'Go to Google, or the OpenID Connect provider that is set up, to sign in',
    auth: 'none',
    description:
      '`locale` and `timeZone` are those of the browser, for a new account. They stay between browser and server. ' +
      'What is not known here, as a new zone may be, is left to the settings.',
    query: z.strictObject({
      returnTo: returnTo.optional(),
      locale: locale.optional().catch(undefined),
      timeZone: timeZone.optional().catch(undefined),
    }),
    responses: { 302: null },
    errors: [],
  }),
  finishFederatedSignIn: defineRoute({
    method: 'GET',
    path: '/v1/auth/google/callback',
    summary: 'Come back from the provider',
    description:
      'Sets the session cookies and goes to the app. Failures go to `/sign-in?error=<reason>`: ' +
      `${Object.keys(signInErrors).join(', ')}. Where the account has a second factor, it goes to ` +
      '`/sign-in#challenge=…`, and the sign-in is finished with POST /v1/auth/login/second-factor.',
    auth: 'none',
    responses: { 302: null },
    errors: [],
  }),
  findFederatedAccount: defineRoute({
    method: 'POST',
    path: '/internal/auth/federated-accounts',
    summary: 'The account of somebody a trusted user pool knows, created at first sight',
    auth: 'internal',
    body: z.strictObject({
      provider: z.string().max(500),
      subject: z.string().min(1).max(255),
      name: text({ min: 1, max: 200 }),
    }),
    responses: { 200: z.object({ userId: id, role }) },
    errors: ['USER_NOT_FOUND'],
  }),
} as const;
