import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { email, phone } from '../fields.ts';
import * as s from './schemas.ts';

const CHANGE_ERRORS = [
  'CODE_RECENTLY_SENT',
  'TOO_MANY_CODES',
  'CONFIRMATION_REQUIRED',
  'WRONG_CREDENTIAL',
  'INVALID_CODE',
  'CODE_EXPIRED',
  'TOO_MANY_ATTEMPTS',
  'SIGN_IN_BUSY',
] as const;
const VERIFY_ERRORS = ['INVALID_CODE', 'CODE_EXPIRED', 'TOO_MANY_ATTEMPTS', 'ADDRESS_TAKEN'] as const;

const HOW =
  'The code goes to the new address; the old one stays valid until it comes back, and gets a link that cancels the change for 7 days. Without a password it needs a session younger than 10 minutes, or a code asked for at `/v1/auth/otp/request`.';
const CANCEL_HOW =
  'A change that was finished is taken back: the old address returns, every session ends and the password is removed; the old address gets a link to set a new one.';

export const changeEmailBody = z.strictObject({ newEmail: email, ...s.confirmation });
export const changePhoneBody = z.strictObject({ newPhone: phone, ...s.confirmation });

const cancelBody = z.strictObject({ token: s.linkToken });

/** Changing the e-mail address and the phone number. */
export const addressRoutes = {
  changeEmail: defineRoute({
    method: 'POST',
    path: '/v1/auth/email/change',
    summary: 'Change my e-mail address',
    description: HOW,
    auth: 'required',
    body: changeEmailBody,
    responses: { 202: s.signupAnswer },
    errors: CHANGE_ERRORS,
  }),
  verifyEmailChange: defineRoute({
    method: 'POST',
    path: '/v1/auth/email/change/verify',
    summary: 'Finish the change with the code sent to the new address',
    auth: 'required',
    body: z.strictObject({ code: s.code, newEmail: email.optional() }),
    responses: { 200: s.user },
    errors: VERIFY_ERRORS,
  }),
  cancelEmailChange: defineRoute({
    method: 'POST',
    path: '/v1/auth/email/change/cancel',
    summary: 'Cancel a change with the link sent to the old address',
    description: CANCEL_HOW,
    auth: 'none',
    body: cancelBody,
    responses: { 204: null },
    errors: ['LINK_EXPIRED', 'ADDRESS_TAKEN'],
  }),
  changePhone: defineRoute({
    method: 'POST',
    path: '/v1/auth/phone/change',
    summary: 'Change my phone number',
    description: HOW,
    auth: 'required',
    body: changePhoneBody,
    responses: { 202: s.signupAnswer },
    errors: CHANGE_ERRORS,
  }),
  verifyPhoneChange: defineRoute({
    method: 'POST',
    path: '/v1/auth/phone/change/verify',
    summary: 'Finish the change with the code sent to the new number',
    auth: 'required',
    body: z.strictObject({ code: s.code, newPhone: phone.optional() }),
    responses: { 200: s.user },
    errors: VERIFY_ERRORS,
  }),
  cancelPhoneChange: defineRoute({
    method: 'POST',
    path: '/v1/auth/phone/change/cancel',
    summary: 'Cancel a change with the link sent to the old number or address',
    description: CANCEL_HOW,
    auth: 'none',
    body: cancelBody,
    responses: { 204: null },
    errors: ['LINK_EXPIRED', 'ADDRESS_TAKEN'],
  }),
} as const;
