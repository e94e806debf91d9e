import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addAuthenticator } from './authenticator.ts';
import { browserSuite } from './browser.ts';
import { send, signUpQuickly } from './person.ts';

type Json = Record<string, unknown>;

/** What the web app does with the options of the server, in the page. */
function ceremony(page: Page, kind: 'create' | 'get', options: Json): Promise<Json> {
  const script = `async ([kind, options]) => {
    const parse = kind === 'create' ? 'parseCreationOptionsFromJSON' : 'parseRequestOptionsFromJSON';
    const publicKey = PublicKeyCredential[parse](options);
    const credential = await navigator.credentials[kind]({ publicKey });
    return credential.toJSON();
  }`;
  return page.evaluate(`(${script})(${JSON.stringify([kind, options])})`);
}

browserSuite(
  'passkeys in a browser',
  (stage) => {
    test('added in the browser, then the only thing needed to sign in', async () => {
      const page = await stage.open();
      await page.goto('/');
      const { verifyUser } = await addAuthenticator(page);
      const email = await signUpQuickly(page);
      const options = await send<Json>(page, 'POST', '/v1/auth/passkeys/register/options', {});
      const made = await ceremony(page, 'create', options);
      const passkey = await send<Json>(page, 'POST', '/v1/auth/passkeys/register/verify', { response: made });
      expect(passkey).toMatchObject({ name: 'Chrome, Linux' });
      const again = await send<Json>(page, 'POST', '/v1/auth/passkeys/register/options', {});
      await expect(ceremony(page, 'create', again)).rejects.toThrow('InvalidStateError');

      await page.context().clearCookies();
      expect((await page.request.get('/v1/users/me')).status()).toBe(401);
      const challenge = await send<Json>(page, 'POST', '/v1/auth/passkeys/login/options', {});
      const response = await ceremony(page, 'get', challenge);
      await send(page, 'POST', '/v1/auth/passkeys/login/verify', { response, delivery: 'cookie' });
      expect(await (await page.request.get('/v1/users/me')).json()).toMatchObject({ email });

      await verifyUser(false);
      const unverified = await send<Json>(page, 'POST', '/v1/auth/passkeys/login/options', {});
      await expect(ceremony(page, 'get', unverified)).rejects.toThrow();
    });
  },
  { host: 'localhost' },
);
