import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { email, id } from '../fields.ts';
import { role } from './schemas.ts';

/** What verifiers of our tokens need to know (OpenID Connect Discovery 1.0, section 3; RFC 8414). */
export const issuerMetadata = z.object({
  issuer: z.string(),
  jwks_uri: z.string(),
  response_types_supported: z.array(z.string()),
  subject_types_supported: z.array(z.string()),
  id_token_signing_alg_values_supported: z.array(z.string()),
  scopes_supported: z.array(z.string()),
  claims_supported: z.array(z.string()),
});

export const metadataRoutes = {
  openidConfiguration: defineRoute({
    method: 'GET',
    path: '/.well-known/openid-configuration',
    summary: 'Issuer metadata for those who verify our access tokens',
    description: 'Spacedly issues tokens for itself; it is no authorization server for other applications.',
    auth: 'none',
    responses: { 200: issuerMetadata },
    errors: [],
  }),
  rotateKeys: defineRoute({
    method: 'POST',
    path: '/internal/auth/keys/rotate',
    summary: 'Make a new signing key; the old one verifies until its last token is dead, or not any more',
    auth: 'internal',
    body: z.strictObject({ revokeOld: z.boolean().default(false) }),
    responses: { 200: z.object({ kid: z.string(), signsFrom: z.iso.datetime() }) },
    errors: [],
  }),
  grantAdmin: defineRoute({
    method: 'POST',
    path: '/internal/auth/admins',
    summary: 'Make somebody an admin',
    auth: 'internal',
    body: z.strictObject({ email }),
    responses: { 200: z.object({ id, email: z.string().nullable(), role }) },
    errors: ['USER_NOT_FOUND'],
  }),
} as const;
