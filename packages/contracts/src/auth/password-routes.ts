import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { instantOut } from '../fields.ts';
import * as s from './schemas.ts';

export const forgotPasswordBody = z.strictObject(s.address).refine(s.exactlyOneAddress, s.ONE_ADDRESS);
export const verifyPasswordCodeBody = z
  .strictObject({ ...s.address, code: s.code })
  .refine(s.exactlyOneAddress, s.ONE_ADDRESS);

/** Setting, changing and recovering a password. */
export const passwordRoutes = {
  forgotPassword: defineRoute({
    method: 'POST',
    path: '/v1/auth/password/forgot',
    summary: 'Ask for a way to set a new password',
    description:
      'The answer is the same for any address. The mail carries a link (1 hour) and a code (10 minutes); at most 3 an hour.',
    auth: 'none',
    body: forgotPasswordBody,
    responses: { 202: s.codeSent },
    errors: ['CODE_RECENTLY_SENT', 'TOO_MANY_CODES'],
  }),
  verifyPasswordCode: defineRoute({
    method: 'POST',
    path: '/v1/auth/password/verify',
    summary: 'Exchange the code for a token that sets a new password',
    auth: 'none',
    body: verifyPasswordCodeBody,
    responses: {
      200: z.object({
        resetToken: z.string().meta({ description: '15 minutes, once' }),
        expiresAt: instantOut,
      }),
    },
    errors: ['INVALID_CODE', 'CODE_EXPIRED', 'TOO_MANY_ATTEMPTS'],
  }),
  resetPassword: defineRoute({
    method: 'POST',
    path: '/v1/auth/password/reset',
    summary: 'Set a new password with the token of the link or of the code',
    description:
      'Every session, refresh token, trusted device and access token of the account is dead at once.',
    auth: 'none',
    body: z.strictObject({ token: s.linkToken, newPassword: s.newPassword }),
    responses: { 204: null },
    errors: ['LINK_EXPIRED', 'WEAK_PASSWORD', 'SIGN_IN_BUSY'],
  }),
  changePassword: defineRoute({
    method: 'POST',
    path: '/v1/auth/password/change',
    summary: 'Change my password; my other sessions end',
    auth: 'required',
    body: z.strictObject({ currentPassword: s.givenPassword, newPassword: s.newPassword }),
    responses: { 204: null },
    errors: ['WRONG_CREDENTIAL', 'WEAK_PASSWORD', 'TOO_MANY_ATTEMPTS', 'SIGN_IN_BUSY'],
  }),
  setPassword: defineRoute({
    method: 'POST',
    path: '/v1/auth/password/set',
    summary: 'Set the first password of an account that has none',
    description: 'Needs a session younger than 10 minutes, or a code asked for at `/v1/auth/otp/request`.',
    auth: 'required',
    body: z.strictObject({ newPassword: s.newPassword, code: s.code.optional() }),
    responses: { 204: null },
    errors: [
      'PASSWORD_EXISTS',
      'CONFIRMATION_REQUIRED',
      'WEAK_PASSWORD',
      'INVALID_CODE',
      'CODE_EXPIRED',
      'TOO_MANY_ATTEMPTS',
      'SIGN_IN_BUSY',
    ],
  }),
} as const;
