import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { client, id, instantOut, listOf, page } from '../fields.ts';

/** What the security log of an account tells. */
export const securityEventType = z.enum([
  'signed_up',
  'signed_in',
  'signed_in_from_new_device',
  'signed_out',
  'session_ended',
  'all_sessions_ended',
  'refresh_token_reused',
  'second_factor_failed',
  'second_factor_locked',
  'device_trusted',
  'device_removed',
  'password_reset',
  'password_changed',
  'password_set',
  'email_change_requested',
  'email_changed',
  'email_change_cancelled',
  'phone_change_requested',
  'phone_changed',
  'phone_change_cancelled',
  'totp_enabled',
  'totp_disabled',
  'email_factor_enabled',
  'email_factor_disabled',
  'recovery_codes_created',
  'recovery_code_used',
  'passkey_added',
  'passkey_renamed',
  'passkey_removed',
  'identity_linked',
  'identity_unlinked',
  'access_token_created',
  'access_token_revoked',
  'impersonated',
  'role_changed',
  'account_deactivated',
  'account_reactivated',
  'account_deleted',
  'account_restored',
  'data_exported',
]);
export type SecurityEventType = z.infer<typeof securityEventType>;

export const securityEvent = z
  .object({
    id,
    type: securityEventType,
    at: instantOut,
    ip: z.string().nullable(),
    ...client,
    details: z.record(z.string(), z.string()).nullable(),
  })
  .meta({ id: 'SecurityEvent' });
export type SecurityEvent = z.infer<typeof securityEvent>;

export const securityEventRoutes = {
  listSecurityEvents: defineRoute({
    method: 'GET',
    path: '/v1/auth/events',
    summary: 'My security log, latest first: what, when, from where',
    description: 'Entries are kept for a year.',
    auth: 'required',
    query: z.strictObject(page),
    responses: { 200: listOf(securityEvent) },
    errors: [],
  }),
} as const;
