import type { Config } from '@spacedly/kit';
import type { Configuration } from 'openid-client';

const GOOGLE = { name: 'Google', issuer: 'https://accounts.google.com' };
const TIMEOUT_SECONDS = 10;

type Library = typeof import('openid-client');

export interface ProviderClient {
  oidc: Library;
  configuration: Configuration;
}

/** The OpenID Connect provider people can sign in with. */
export interface SignInProvider {
  name: string;
  issuer: string;
  redirectUri: string;
  /** Its metadata, fetched when first needed (OpenID Connect Discovery 1.0). @throws when it does not answer */
  client(): Promise<ProviderClient>;
}

type ProviderSettings = Pick<
  Config,
  | 'PUBLIC_URL'
  | 'GOOGLE_CLIENT_ID'
  | 'GOOGLE_CLIENT_SECRET'
  | 'OIDC_ISSUER'
  | 'OIDC_CLIENT_ID'
  | 'OIDC_CLIENT_SECRET'
  | 'OIDC_NAME'
>;

function settingsOf(config: ProviderSettings) {
  if (config.OIDC_ISSUER !== undefined) {
    const { OIDC_ISSUER: issuer, OIDC_NAME: name = new URL(config.OIDC_ISSUER).hostname } = config;
    return { name, issuer, clientId: config.OIDC_CLIENT_ID ?? '', secret: config.OIDC_CLIENT_SECRET };
  }
  if (config.GOOGLE_CLIENT_ID === undefined) return null;
  return { ...GOOGLE, clientId: config.GOOGLE_CLIENT_ID, secret: config.GOOGLE_CLIENT_SECRET };
}

/** The provider of the configuration, or null where there is none. */
export function createSignInProvider(config: ProviderSettings): SignInProvider | null {
  const settings = settingsOf(config);
  if (settings === null) return null;
  const { name, issuer, clientId, secret } = settings;
  let discovering: Promise<ProviderClient> | null = null;

  async function discover(): Promise<ProviderClient> {
    const oidc = await import('openid-client');
    // The configuration lets plain http pass on this machine only.
    const execute = issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [];
    const authentication = secret === undefined ? oidc.None() : oidc.ClientSecretPost(secret);
    const options = { execute, timeout: TIMEOUT_SECONDS };
    const configuration = await oidc.discovery(new URL(issuer), clientId, {}, authentication, options);
    return { oidc, configuration };
  }

  return {
    name,
    issuer,
    redirectUri: `${config.PUBLIC_URL}/v1/auth/google/callback`,
    client() {
      discovering ??= discover().catch((error) => {
        discovering = null;
        throw error;
      });
      return discovering;
    },
  };
}
