import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import * as s from './schemas.ts';

const recoveryCodes = z
  .object({
    recoveryCodes: z.array(z.string()).meta({ description: 'Ten, shown this once; each works once' }),
  })
  .meta({ id: 'RecoveryCodes' });

/** The code of the authenticator app, or a recovery code. */
const factorCode = z.string().trim().min(6).max(30);

/** Setting up and turning off what is asked for after the first factor. */
export const secondFactorRoutes = {
  secondFactors: defineRoute({
    method: 'GET',
    path: '/v1/auth/2fa',
    summary: 'Which second factors my account has',
    auth: 'required',
    responses: {
      200: z
        .object({ totp: z.boolean(), email: z.boolean(), recoveryCodesLeft: z.int() })
        .meta({ id: 'SecondFactors' }),
    },
    errors: [],
  }),
  setupTotp: defineRoute({
    method: 'POST',
    path: '/v1/auth/2fa/totp/setup',
    summary: 'Get a secret for an authenticator app',
    description:
      'Counts only once a code of the app confirmed it. An old session needs the password or a code.',
    auth: 'required',
    body: z.strictObject(s.confirmation).optional(),
    responses: {
      200: z.object({
        secret: z.string().meta({ description: 'Base32, for typing in' }),
        otpauthUrl: z.string(),
        qrSvg: z.string(),
      }),
    },
    errors: ['TOTP_ALREADY_ON', ...s.CONFIRM_ERRORS],
  }),
  confirmTotp: defineRoute({
    method: 'POST',
    path: '/v1/auth/2fa/totp/confirm',
    summary: 'Turn the authenticator app on with a code of it',
    auth: 'required',
    body: z.strictObject({ code: s.code }),
    responses: { 200: recoveryCodes },
    errors: ['TOTP_ALREADY_ON', 'TOTP_NOT_FOUND', 'INVALID_CODE', 'TOO_MANY_ATTEMPTS'],
  }),
  removeTotp: defineRoute({
    method: 'DELETE',
    path: '/v1/auth/2fa/totp',
    summary: 'Turn the authenticator app off',
    description: 'Needs the password, a code of the app or a recovery code. The recovery codes go with it.',
    auth: 'required',
    body: z
      .strictObject({ password: s.givenPassword.optional(), code: factorCode.optional() })
      .refine(({ password, code }) => (password === undefined) !== (code === undefined), {
        message: 'Give either password or code',
        path: ['password'],
      }),
    responses: { 204: null },
    errors: ['TOTP_NOT_FOUND', 'WRONG_CREDENTIAL', 'INVALID_CODE', 'TOO_MANY_ATTEMPTS', 'SIGN_IN_BUSY'],
  }),
  setEmailFactor: defineRoute({
    method: 'POST',
    path: '/v1/auth/2fa/email',
    summary: 'Ask for a code by message after the password, or stop doing so',
    description:
      'To the e-mail address, or the phone. Turning it off in an old session needs the password or a code.',
    auth: 'required',
    body: z.strictObject({ enabled: z.boolean(), ...s.confirmation }),
    responses: { 200: z.object({ enabled: z.boolean() }) },
    errors: ['NO_VERIFIED_ADDRESS', ...s.CONFIRM_ERRORS],
  }),
  renewRecoveryCodes: defineRoute({
    method: 'POST',
    path: '/v1/auth/2fa/recovery-codes',
    summary: 'Get ten new recovery codes in place of the old ones',
    description: 'An old session needs the password or a code.',
    auth: 'required',
    body: z.strictObject(s.confirmation).optional(),
    responses: { 200: recoveryCodes },
    errors: ['TOTP_NOT_FOUND', ...s.CONFIRM_ERRORS],
  }),
} as const;
