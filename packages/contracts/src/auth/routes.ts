import { z } from 'zod';
import { adminRoutes } from '../admin/routes.ts';
import { defineRoute, type ServiceContract } from '../contract.ts';
import { id } from '../fields.ts';
import { peopleRoutes } from '../people/routes.ts';
import { transferRoutes } from '../people/transfer.ts';
import { addressRoutes } from './address-routes.ts';
import { federationRoutes } from './federation.ts';
import { metadataRoutes } from './metadata.ts';
import { passkeyRoutes } from './passkeys.ts';
import { passwordRoutes } from './password-routes.ts';
import * as s from './schemas.ts';
import { secondFactorRoutes } from './second-factor-routes.ts';
import { securityEventRoutes } from './security-events.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { tokenRoutes } from './tokens.ts';

export const authRoutes = {
  ...signInRoutes,
  ...passwordRoutes,
  ...addressRoutes,
  ...secondFactorRoutes,
  ...federationRoutes,
  ...metadataRoutes,
  ...passkeyRoutes,
  ...tokenRoutes,
  signup: defineRoute({
    method: 'POST',
    path: '/v1/auth/signup',
    summary: 'Ask for an account; a six-digit code is sent to the address',
    description:
      'The answer is the same whether or not the address is known. A known address gets a note instead of a code.',
    auth: 'none',
    body: s.signupBody,
    responses: { 202: s.signupAnswer },
    errors: ['WEAK_PASSWORD', 'CODE_RECENTLY_SENT', 'TOO_MANY_CODES', 'SIGN_IN_BUSY'],
  }),
  verifySignup: defineRoute({
    method: 'POST',
    path: '/v1/auth/signup/verify',
    summary: 'Create the account with the code that was sent',
    description: 'Three wrong guesses use the code up. The first account of an installation is ADMIN.',
    auth: 'none',
    body: s.verifySignupBody,
    responses: { 201: s.signedIn },
    errors: ['INVALID_CODE', 'CODE_EXPIRED', 'TOO_MANY_ATTEMPTS'],
  }),
  refresh: defineRoute({
    method: 'POST',
    path: '/v1/auth/refresh',
    summary: 'Exchange a refresh token for new tokens',
    description:
      'The refresh token rotates on every use. Using an older one ends the session. Parallel use within 10 s yields one successor.',
    auth: 'none',
    body: s.refreshBody.optional(),
    responses: { 200: s.refreshed },
    errors: ['INVALID_REFRESH_TOKEN'],
  }),
  logout: defineRoute({
    method: 'POST',
    path: '/v1/auth/logout',
    summary: 'End this session; its access tokens stop working at once',
    auth: 'required',
    whileImpersonating: 'allowed',
    responses: { 204: null },
    errors: [],
  }),
  logoutAll: defineRoute({
    method: 'POST',
    path: '/v1/auth/logout-all',
    summary: 'End every session of mine',
    auth: 'required',
    responses: { 204: null },
    errors: [],
  }),
  listSessions: defineRoute({
    method: 'GET',
    path: '/v1/auth/sessions',
    summary: 'My sessions, latest first',
    auth: 'required',
    responses: { 200: z.object({ items: z.array(s.session), nextCursor: z.null() }) },
    errors: [],
  }),
  endSession: defineRoute({
    method: 'DELETE',
    path: '/v1/auth/sessions/:sessionId',
    summary: 'End one of my sessions',
    auth: 'required',
    params: z.object({ sessionId: id }),
    responses: { 204: null },
    errors: ['SESSION_NOT_FOUND'],
  }),
  ...securityEventRoutes,
  setupState: defineRoute({
    method: 'GET',
    path: '/v1/auth/setup',
    summary: 'Whether this installation still waits for its first account',
    auth: 'none',
    responses: { 200: z.object({ needsFirstAccount: z.boolean() }) },
    errors: [],
  }),
  jwks: defineRoute({
    method: 'GET',
    path: '/.well-known/jwks.json',
    summary: 'Public keys that verify our access tokens (RFC 7517)',
    auth: 'none',
    responses: { 200: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }) },
    errors: [],
  }),
  ...peopleRoutes,
  ...adminRoutes,
  ...transferRoutes,
  getContact: defineRoute({
    method: 'GET',
    path: '/internal/auth/contacts/:userId',
    summary: 'How to reach a person, for other services',
    auth: 'internal',
    params: z.object({ userId: id }),
    responses: { 200: s.contact },
    errors: ['USER_NOT_FOUND'],
  }),
  findContacts: defineRoute({
    method: 'POST',
    path: '/internal/auth/contacts',
    summary: 'How to reach many people at once; those who are gone are not among them',
    auth: 'internal',
    body: z.object({ userIds: z.array(id).min(1).max(100) }),
    responses: { 200: z.object({ items: z.array(s.contact) }) },
    errors: [],
  }),
  findPeople: defineRoute({
    method: 'POST',
    path: '/internal/auth/people',
    summary: 'People by id, verified e-mail or username; those who are gone are not among them',
    auth: 'internal',
    body: s.findPeopleBody,
    responses: { 200: z.object({ items: z.array(s.knownPerson) }) },
    errors: [],
  }),
  listDeniedSessions: defineRoute({
    method: 'GET',
    path: '/internal/auth/denied-sessions',
    summary: 'Sessions whose access tokens must be refused although they have not expired',
    auth: 'internal',
    responses: {
      200: z.object({ items: z.array(z.object({ sessionId: id, until: z.int() })) }),
    },
    errors: [],
  }),
} as const;

export const authContract = {
  name: 'auth',
  prefixes: ['/v1/auth', '/v1/users', '/v1/admin', '/.well-known'],
  routes: authRoutes,
} as const satisfies ServiceContract;
