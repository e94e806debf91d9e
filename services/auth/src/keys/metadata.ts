import { scopes } from '@spacedly/contracts';
import { TOKEN_ALGORITHM } from '@spacedly/kit';

/** Issuer metadata for verifiers of our tokens (OpenID Connect Discovery 1.0, section 3). */
export function issuerMetadata(publicUrl: string) {
  return {
    issuer: publicUrl,
    jwks_uri: `${publicUrl}/.well-known/jwks.json`,
    // There is no authorization endpoint: nobody else signs in with us, so no response type is offered.
    response_types_supported: [],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [TOKEN_ALGORITHM],
    scopes_supported: Object.keys(scopes),
    claims_supported: ['iss', 'aud', 'sub', 'sid', 'jti', 'iat', 'exp', 'typ', 'role', 'scope', 'amr'],
  };
}
