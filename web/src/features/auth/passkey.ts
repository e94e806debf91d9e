import { api, type User, unwrap } from '../../shared/api.ts';
import { Problem } from '../../shared/problem.ts';
import { texts } from '../../shared/texts.ts';

/** The library is fetched when a passkey is about to be used: nobody else needs it. */
const load = () => import('@simplewebauthn/browser');

type OptionsOf<F extends (options: never) => unknown> = F extends (options: infer O) => unknown ? O : never;
type Library = Awaited<ReturnType<typeof load>>;
type LoginOptions = OptionsOf<Library['startAuthentication']>['optionsJSON'];
type RegisterOptions = OptionsOf<Library['startRegistration']>['optionsJSON'];

/** What the browser says, in words; a cancelled dialog and a time-out are the same to it. */
function told(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Problem) return error;
  const isCancelled = error.name === 'NotAllowedError' || error.name === 'AbortError';
  const detail = isCancelled ? texts.access.passkeyCancelled : texts.access.passkeyUnsupported;
  return new Problem(400, { detail });
}

/** The types of the library close the extensions' results, those of the API leave them open; the values are the same. */
function plain<T extends { clientExtensionResults: object }>(
  response: T,
): Omit<T, 'clientExtensionResults'> & { clientExtensionResults: Record<string, unknown> } {
  return { ...response, clientExtensionResults: response.clientExtensionResults as Record<string, unknown> };
}

/** Passkeys need https (or localhost) and a browser that has them. */
export function hasPasskeys(): boolean {
  return window.PublicKeyCredential !== undefined;
}

/**
 * Signs in with a passkey. `autofill` waits quietly until one is chosen among the suggestions of the name field, and
 * gives null where the browser cannot do that or another ceremony took its place.
 */
export async function passkeySignIn({ autofill }: { autofill: boolean }): Promise<{ user: User } | null> {
  try {
    const { startAuthentication, browserSupportsWebAuthnAutofill } = await load();
    if (autofill && !(await browserSupportsWebAuthnAutofill())) return null;
    const options = await unwrap(api.POST('/v1/auth/passkeys/login/options'));
    const response = await startAuthentication({
      optionsJSON: options as unknown as LoginOptions,
      useBrowserAutofill: autofill,
    });
    const body = { response: plain(response), rememberDevice: true, delivery: 'cookie' as const };
    return await unwrap(api.POST('/v1/auth/passkeys/login/verify', { body }));
  } catch (error) {
    const isQuiet = autofill && !(error instanceof Problem);
    if (isQuiet) return null;
    throw told(error);
  }
}

/** Gives up waiting for a passkey, when the page is left. */
export async function stopWaitingForPasskey(): Promise<void> {
  const { WebAuthnAbortService } = await load();
  WebAuthnAbortService.cancelCeremony();
}

/** Makes a passkey in this browser and tells the server of it. */
export async function addPasskey(name: string | undefined) {
  try {
    const { startRegistration } = await load();
    const options = await unwrap(api.POST('/v1/auth/passkeys/register/options'));
    const response = await startRegistration({ optionsJSON: options as unknown as RegisterOptions });
    const body = { response: plain(response), ...(name && { name }) };
    return await unwrap(api.POST('/v1/auth/passkeys/register/verify', { body }));
  } catch (error) {
    throw told(error);
  }
}
