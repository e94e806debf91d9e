import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { id, instant, instantOut, text } from '../fields.ts';
import { scope } from '../scopes.ts';
import { CONFIRM_ERRORS, confirmation, role } from './schemas.ts';

const scopeList = z
  .array(scope)
  .min(1, 'Give at least one scope')
  .max(scope.options.length)
  .refine((list) => new Set(list).size === list.length, 'Names a scope twice');

export const personalToken = z
  .object({
    id,
    name: z.string(),
    scopes: z.array(z.string()),
    hint: z.string().meta({ description: 'How the token begins, to recognise it by', example: 'spd_4fGh' }),
    createdAt: instantOut,
    expiresAt: instantOut.nullable(),
    lastUsedAt: instantOut.nullable(),
  })
  .meta({ id: 'PersonalToken' });
export type PersonalToken = z.infer<typeof personalToken>;

export const createTokenBody = z.strictObject({
  name: text({ min: 1, max: 100 }),
  scopes: scopeList,
  expiresAt: instant
    .nullable()
    .optional()
    .meta({ description: 'At most a year ahead; null for a token without an end. Default 90 days' }),
  ...confirmation,
});

/** A token as the services know it: whose it is and what it may do. */
export const tokenOwner = z.object({
  tokenId: id,
  userId: id,
  role,
  scopes: z.array(z.string()),
  expiresAt: instantOut.nullable(),
});
export type TokenOwner = z.infer<typeof tokenOwner>;

export const tokenRoutes = {
  createToken: defineRoute({
    method: 'POST',
    path: '/v1/auth/tokens',
    summary: 'Create a personal access token for scripts; it is shown once',
    description:
      'Sent as `Authorization: Bearer spd_…`. It never works for routes that manage credentials. An old session needs the password or a code.',
    auth: 'required',
    body: createTokenBody,
    responses: { 201: personalToken.extend({ token: z.string() }) },
    errors: ['TOO_MANY_TOKENS', ...CONFIRM_ERRORS],
    idempotent: true,
  }),
  listTokens: defineRoute({
    method: 'GET',
    path: '/v1/auth/tokens',
    summary: 'My personal access tokens, newest first, without their secrets',
    auth: 'required',
    responses: { 200: z.object({ items: z.array(personalToken), nextCursor: z.null() }) },
    errors: [],
  }),
  deleteToken: defineRoute({
    method: 'DELETE',
    path: '/v1/auth/tokens/:tokenId',
    summary: 'Delete a personal access token; it stops working at once',
    auth: 'required',
    params: z.object({ tokenId: id }),
    responses: { 204: null },
    errors: ['TOKEN_NOT_FOUND'],
  }),
  findTokenOwner: defineRoute({
    method: 'POST',
    path: '/internal/auth/token-owners',
    summary: 'Whose a personal access token is, by its SHA-256',
    auth: 'internal',
    body: z.strictObject({ tokenHash: z.string().regex(/^[0-9a-f]{64}$/) }),
    responses: { 200: tokenOwner },
    errors: ['TOKEN_NOT_FOUND'],
  }),
} as const;
