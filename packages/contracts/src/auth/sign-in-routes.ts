import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { client, id, instantOut } from '../fields.ts';
import * as s from './schemas.ts';

/** `password` is asked for where a code by mail was the first factor and would be the second one too. */
export const secondFactorMethod = z.enum(['totp', 'email', 'sms', 'recovery', 'password']);
export type SecondFactorMethod = z.infer<typeof secondFactorMethod>;

export const secondFactorRequired = z
  .object({
    status: z.literal('second_factor_required'),
    challenge: z
      .string()
      .meta({ description: 'Goes with the second factor; 5 tries, 5 minutes, one success' }),
    methods: z.array(secondFactorMethod),
    expiresAt: instantOut,
  })
  .meta({ id: 'SecondFactorRequired' });
export type SecondFactorRequired = z.infer<typeof secondFactorRequired>;

const challenge = z.string().min(1).max(200);

export const device = z
  .object({
    id,
    ...client,
    ip: z.string().nullable(),
    createdAt: instantOut,
    lastSeenAt: instantOut,
    trustedUntil: instantOut,
    current: z.boolean().meta({ description: 'Known from the device cookie of this request' }),
  })
  .meta({ id: 'Device' });
export type Device = z.infer<typeof device>;

export const verifyEmailBody = z.strictObject({ token: s.linkToken, ...s.howToSignIn });
export const requestOtpBody = z.strictObject(s.address).refine(s.exactlyOneAddress, s.ONE_ADDRESS);
export const verifyOtpBody = z
  .strictObject({ ...s.address, code: s.code, rememberDevice: s.rememberDevice, ...s.howToSignIn })
  .refine(s.exactlyOneAddress, s.ONE_ADDRESS);
export const secondFactorBody = z.strictObject({
  challenge,
  method: secondFactorMethod,
  code: z.string().trim().min(1).max(1_000),
  trustDevice: z.boolean().default(false),
  ...s.howToSignIn,
});

const SIGN_IN_ANSWERS = { 200: s.signedIn, 202: secondFactorRequired } as const;

/** Ways to sign in beside the password, second factors, and the devices that skip them. */
export const signInRoutes = {
  login: defineRoute({
    method: 'POST',
    path: '/v1/auth/login',
    summary: 'Sign in with a password',
    description:
      '202 asks for the second factor, only after the password was right. Five failures in 15 minutes from one network make the account wait there, twice as long after each further failure.',
    auth: 'none',
    body: s.loginBody,
    responses: SIGN_IN_ANSWERS,
    errors: ['INVALID_CREDENTIALS', 'TOO_MANY_ATTEMPTS', 'SIGN_IN_BUSY'],
  }),
  secondFactor: defineRoute({
    method: 'POST',
    path: '/v1/auth/login/second-factor',
    summary: 'Finish a sign-in with the second factor',
    description:
      '`code` is the code of the authenticator app, of the message, a recovery code, or the password for the method `password`. `trustDevice` spares this device the second factor for 30 days.',
    auth: 'none',
    body: secondFactorBody,
    responses: { 200: s.signedIn },
    errors: [
      'INVALID_CODE',
      'CODE_EXPIRED',
      'CHALLENGE_EXPIRED',
      'METHOD_NOT_AVAILABLE',
      'TOO_MANY_ATTEMPTS',
      'SIGN_IN_BUSY',
    ],
  }),
  sendSecondFactor: defineRoute({
    method: 'POST',
    path: '/v1/auth/login/second-factor/send',
    summary: 'Send the code of a second factor by e-mail or SMS',
    description: 'Done by the sign-in itself where a code by message is the only second factor.',
    auth: 'none',
    body: z.strictObject({ challenge, method: z.enum(['email', 'sms']) }),
    responses: { 202: z.object({ channel: z.enum(['EMAIL', 'SMS']), expiresAt: instantOut }) },
    errors: ['CHALLENGE_EXPIRED', 'METHOD_NOT_AVAILABLE', 'CODE_RECENTLY_SENT', 'TOO_MANY_CODES'],
  }),
  verifyEmail: defineRoute({
    method: 'POST',
    path: '/v1/auth/verify-email',
    summary: 'Create the account with the link in the sign-up mail, and sign in',
    description:
      'The link opens a page that asks for a click: only this call uses it up. Valid for 24 hours.',
    auth: 'none',
    body: verifyEmailBody,
    responses: { 200: s.signedIn },
    errors: ['LINK_EXPIRED'],
  }),
  requestOtp: defineRoute({
    method: 'POST',
    path: '/v1/auth/otp/request',
    summary: 'Ask for a code to sign in without a password',
    description: 'The answer is the same for any address; only one with an account gets a code.',
    auth: 'none',
    body: requestOtpBody,
    responses: { 202: s.codeSent },
    errors: ['CODE_RECENTLY_SENT', 'TOO_MANY_CODES'],
  }),
  verifyOtp: defineRoute({
    method: 'POST',
    path: '/v1/auth/otp/verify',
    summary: 'Sign in with the code; it does not replace a second factor',
    auth: 'none',
    body: verifyOtpBody,
    responses: SIGN_IN_ANSWERS,
    errors: ['INVALID_CODE', 'CODE_EXPIRED', 'TOO_MANY_ATTEMPTS'],
  }),
  listDevices: defineRoute({
    method: 'GET',
    path: '/v1/auth/devices',
    summary: 'Devices that skip the second factor, latest first',
    auth: 'required',
    responses: { 200: z.object({ items: z.array(device), nextCursor: z.null() }) },
    errors: [],
  }),
  removeDevice: defineRoute({
    method: 'DELETE',
    path: '/v1/auth/devices/:deviceId',
    summary: 'Trust a device no longer',
    auth: 'required',
    params: z.object({ deviceId: id }),
    responses: { 204: null },
    errors: ['DEVICE_NOT_FOUND'],
  }),
} as const;
