import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addAuthenticator } from './authenticator.ts';
import { browserSuite } from './browser.ts';
import { codeFor, linkFor, newAddress, PASSWORD, send, signUpQuickly } from './person.ts';

const OTHER_PASSWORD = 'a louder harbour at noon';

async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Digit 1 of 6').focus();
  await page.keyboard.insertText(code);
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail, phone or username').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

const greeting = (page: Page) => page.getByRole('heading', { name: /^Good \w+, Ada$/ }).waitFor();

browserSuite('ways in', (stage) => {
  test('with a code instead of a password', async () => {
    const page = await stage.open();
    const email = await signUpQuickly(page);
    await page.context().clearCookies();
    await page.goto('/sign-in?next=/tasks');
    await page.getByLabel('E-mail, phone or username').fill(email);
    await page.getByRole('button', { name: 'Send me a code instead' }).click();
    expect(await page.getByLabel('E-mail or phone number').inputValue()).toBe(email);
    await page.getByRole('button', { name: 'Send the code' }).click();
    await page.getByText('If there is an account').waitFor();
    await typeCode(page, await codeFor(page, email, /sign in/i));
    await page.getByRole('heading', { name: 'Tasks' }).waitFor();
  });

  test('with a phone number from the sign-up on', async () => {
    const page = await stage.open();
    await page.goto('/sign-up');
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('E-mail or phone number').fill('+49 171 12 34 567');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText('+491711234567').waitFor();
    await typeCode(page, await codeFor(page, '+491711234567'));
    await greeting(page);
  });

  test('what went wrong at another provider is told in words', async () => {
    const page = await stage.open();
    await page.goto('/sign-in?error=email-not-verified');
    await page.getByText('The provider has not verified your e-mail address').waitFor();
    await page.goto('/sign-in?error=<b>');
    await page.getByText('The sign-in did not work').waitFor();
  });
});

browserSuite('ways back in', (stage) => {
  test('a forgotten password, by the code', async () => {
    const page = await stage.open();
    const email = await signUpQuickly(page);
    await page.context().clearCookies();
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByLabel('E-mail or phone number').fill(email);
    await page.getByRole('button', { name: 'Send link and code' }).click();
    await typeCode(page, await codeFor(page, email, /new password/i));
    await page.getByLabel('New password').fill('password1');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText('one of the most common').waitFor();
    await page.getByLabel('New password').fill(OTHER_PASSWORD);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText('Your password is set').waitFor();
    await signIn(page, email, OTHER_PASSWORD);
    await greeting(page);
  });

  test('a forgotten password, by the link, which works once', async () => {
    const page = await stage.open();
    const email = await signUpQuickly(page);
    await page.context().clearCookies();
    await send(page, 'POST', '/v1/auth/password/forgot', { email });
    const link = await linkFor(page, email, 'reset-password');
    for (const attempt of [1, 2]) {
      await page.goto(link);
      await page.getByLabel('New password').fill(OTHER_PASSWORD);
      await page.getByRole('button', { name: 'Set the password' }).click();
      await page.getByText(attempt === 1 ? 'Your password is set' : 'The link is used up').waitFor();
    }
    await page.getByRole('button', { name: 'Ask for a new link' }).click();
    await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor();
  });

  test('the link of the sign-up mail asks for a click', async () => {
    const page = await stage.open();
    const email = newAddress();
    await send(page, 'POST', '/v1/auth/signup', { email, name: 'Ada', password: PASSWORD });
    const link = await linkFor(page, email, 'verify-email');
    // A mail scanner opens it first; that must not use it up.
    await page.request.get(link);
    await page.goto(link);
    await page.getByRole('button', { name: 'Confirm and sign in' }).click();
    await greeting(page);
  });

  test('a deleted account comes back with the link', async () => {
    // Somebody else is the admin, who may not leave.
    await signUpQuickly(await stage.open());
    const page = await stage.open();
    const email = await signUpQuickly(page);
    await page.goto('/settings/account');
    await page.getByRole('button', { name: 'Delete my account' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Your password').fill('wrong');
    await dialog.getByRole('button', { name: 'Delete my account' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel('Your password').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Delete my account' }).click();
    await page.getByText('Your account is deleted').waitFor();
    await signIn(page, email, PASSWORD);
    await page.getByText('The sign-in details are not right').waitFor();

    await page.goto(await linkFor(page, email, 'restore-account'));
    await page.getByRole('button', { name: 'Restore my account' }).click();
    await page.getByText('Your account is back').waitFor();
    await signIn(page, email, PASSWORD);
    await greeting(page);
  });

  test('a change of address: the code to the new one, the link to the old one', async () => {
    const page = await stage.open();
    const email = await signUpQuickly(page);
    const newEmail = newAddress();
    await page.goto('/settings/account');
    await page.getByRole('button', { name: 'Change the e-mail address' }).click();
    await page.getByLabel('New e-mail address').fill(newEmail);
    await page.getByRole('button', { name: 'Send the code' }).click();
    await page.getByLabel('Your password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await typeCode(page, await codeFor(page, newEmail));
    await page.getByText('Address changed').waitFor();
    await page.getByText(newEmail).first().waitFor();

    await page.goto(await linkFor(page, email, 'cancel-change'));
    await page.getByRole('button', { name: 'Cancel the change' }).click();
    await page.getByText('The change is cancelled').waitFor();
    expect((await page.request.get('/v1/users/me')).status()).toBe(401);
  });
});

browserSuite(
  'a passkey',
  (stage) => {
    test('with a passkey that was added in the settings', async () => {
      const page = await stage.open();
      await signUpQuickly(page);
      await page.goto('/settings/security');
      await addAuthenticator(page);
      await page.getByRole('button', { name: 'Add a passkey' }).click();
      await page.getByText('Passkey added').first().waitFor();
      await page.getByRole('button', { name: /^Rename the passkey/ }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('My laptop');
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'Delete the passkey My laptop' }).waitFor();

      await page.context().clearCookies();
      await page.goto('/sign-in');
      // The browser may offer it by itself, where the name is typed; else the button does.
      await page
        .getByRole('button', { name: 'Sign in with a passkey' })
        .click()
        .catch(() => null);
      await greeting(page);

      await page.goto('/settings/security');
      await page.getByRole('button', { name: 'Delete the passkey My laptop' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByText('No passkeys yet.').waitFor();
    });
  },
  { host: 'localhost' },
);
