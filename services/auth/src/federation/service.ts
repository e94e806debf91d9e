import type { SignInError } from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';
import type { Reader } from '../accounts/rules.ts';
import type { AuthDeps } from '../deps.ts';
import {
  type Challenged,
  completeFirstFactor,
  openSignIn,
  type SignedIn,
  type SignInContext,
} from '../signin/service.ts';
import { type Attempt, sealAttempt } from './attempt.ts';
import type { ProviderClient, SignInProvider } from './provider.ts';
import { ATTEMPT_LIFE_MS, type ProviderClaims, readClaims } from './rules.ts';
import { accountFor } from './service-account.ts';

/** Where to send the browser, and what it keeps until it comes back. @throws when the provider does not answer */
export async function beginSignIn(
  { secrets, now }: AuthDeps,
  provider: SignInProvider,
  { returnTo, told }: Pick<Attempt, 'returnTo' | 'told'>,
) {
  const { oidc, configuration } = await provider.client();
  const state = oidc.randomState();
  const nonce = oidc.randomNonce();
  const codeVerifier = oidc.randomPKCECodeVerifier();
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: provider.redirectUri,
    scope: 'openid email profile',
    code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
  const expiresAt = now().getTime() + ATTEMPT_LIFE_MS;
  const { issuer } = provider;
  return {
    url,
    state,
    sealed: sealAttempt(secrets, { issuer, state, nonce, codeVerifier, returnTo, told, expiresAt }),
  };
}

/** What an error of the client library means to the person. */
function reasonFor(error: unknown, { oidc }: ProviderClient): SignInError {
  if (error instanceof oidc.AuthorizationResponseError) {
    return error.error === 'access_denied' ? 'sign-in-cancelled' : 'provider-refused';
  }
  const { code, status } = error as { code?: string; status?: number };
  const isOutage = error instanceof TypeError || code === 'OAUTH_TIMEOUT' || (status ?? 0) >= 500;
  return isOutage ? 'provider-unavailable' : 'provider-refused';
}

/**
 * Exchanges the code for the claims of the person. The library checks state, nonce, issuer, audience, expiry and
 * the signature of the ID token, and sends the PKCE verifier.
 */
async function claimsOf(
  client: ProviderClient,
  issuer: string,
  currentUrl: URL,
  attempt: Attempt,
): Promise<ProviderClaims> {
  const { oidc, configuration } = client;
  const tokens = await oidc.authorizationCodeGrant(configuration, currentUrl, {
    pkceCodeVerifier: attempt.codeVerifier,
    expectedState: attempt.state,
    expectedNonce: attempt.nonce,
    idTokenExpected: true,
  });
  const idToken = tokens.claims();
  if (idToken === undefined) throw new Error('no ID token');
  const needsUserInfo = idToken.email === undefined && configuration.serverMetadata().userinfo_endpoint;
  const userInfo = needsUserInfo
    ? await oidc.fetchUserInfo(configuration, tokens.access_token, idToken.sub)
    : {};
  return readClaims(issuer, idToken, userInfo);
}

export type FederatedResult = SignedIn | Challenged | { refused: SignInError; cause?: unknown };

/** Finishes a sign-in at a provider: the account, and its second factor where it has one. */
export async function finishSignIn(
  deps: AuthDeps,
  provider: SignInProvider,
  { currentUrl, attempt, reader }: { currentUrl: URL; attempt: Attempt; reader: Reader },
  context: SignInContext,
): Promise<FederatedResult> {
  const client = await provider.client().catch(() => null);
  if (client === null) return { refused: 'provider-unavailable' };
  let claims: ProviderClaims;
  try {
    claims = await claimsOf(client, provider.issuer, currentUrl, attempt);
  } catch (cause) {
    return { refused: reasonFor(cause, client), cause };
  }
  try {
    return await deps.db.transaction(async (tx) => {
      const { origin } = context;
      const found = await accountFor(tx, deps, { claims, providerName: provider.name, origin, reader });
      if ('refused' in found) return found;
      const proven = { user: found.user, amr: ['fed'] as const };
      if (found.isNew) return openSignIn(tx, deps, proven, context, { isNewAccount: true });
      return completeFirstFactor(tx, deps, { ...proven, provenChannel: 'email' }, context);
    });
  } catch (error) {
    if (error instanceof Problem && error.code === 'INVALID_CREDENTIALS')
      return { refused: 'account-closed' };
    throw error;
  }
}
