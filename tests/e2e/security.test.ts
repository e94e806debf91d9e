import { generateSync } from 'otplib';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserSuite } from './browser.ts';
import { codeFor, PASSWORD, send, signUpQuickly } from './person.ts';

const STEP_MS = 30_000;

/**
 * The code an authenticator app shows `steps` half minutes from now; a code is never taken twice. The one of before and
 * the one that comes next are taken too, but the one of before may be too old when it arrives.
 */
function appCode(secret: string, steps = 0): string {
  return generateSync({ secret, epoch: Math.floor((Date.now() + steps * STEP_MS) / 1_000) });
}

async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Digit 1 of 6').focus();
  await page.keyboard.insertText(code);
}

/** Sets the app up through the pages; gives its secret and the recovery codes. */
async function setUpTotp(page: Page): Promise<{ secret: string; codes: string[] }> {
  await page.goto('/settings/security');
  await page.getByRole('button', { name: 'Set up' }).click();
  const dialog = page.getByRole('dialog');
  const qr = dialog.getByRole('img', { name: 'QR code for the authenticator app' });
  await qr.waitFor();
  expect(
    await qr.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
  ).toBeGreaterThan(50);
  const secret = ((await dialog.locator('code').textContent()) ?? '').replaceAll(/\s/g, '');
  await typeCode(page, appCode(secret));
  const list = page.getByRole('list', { name: 'Recovery codes' });
  await list.waitFor();
  const codes = await list.getByRole('listitem').allInnerTexts();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  return { secret, codes };
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail, phone or username').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

browserSuite('the second step', (stage) => {
  test('an authenticator app from the QR code to a trusted device', async () => {
    const page = await stage.open();
    const email = await signUpQuickly(page);
    const { secret, codes } = await setUpTotp(page);
    expect(codes).toHaveLength(10);
    await page.getByText('10 recovery codes left').waitFor();

    await page.context().clearCookies();
    await signIn(page, email);
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
    const right = appCode(secret, 1);
    await typeCode(page, right === '000000' ? '111111' : '000000');
    await page.getByRole('alert').getByText('The code is not right').waitFor();
    await page.getByLabel('Trust this device').check();
    await typeCode(page, right);
    await page.getByRole('heading', { name: /^Good/ }).waitFor();

    await page.goto('/settings/security');
    await page.getByRole('button', { name: /^Trust .* no longer$/ }).waitFor();
    await send(page, 'POST', '/v1/auth/logout', undefined);
    await signIn(page, email);
    await page.getByRole('heading', { name: /^Good/ }).waitFor();
  });

  test('a recovery code opens the account once; then the app is turned off', async () => {
    const page = await stage.open();
    const email = await signUpQuickly(page);
    const { codes } = await setUpTotp(page);
    const [first = ''] = codes;
    for (const attempt of [1, 2]) {
      await page.context().clearCookies();
      await signIn(page, email);
      await page.getByRole('button', { name: 'Use a recovery code' }).click();
      await page.getByLabel('Recovery code').fill(first.toUpperCase());
      await page.getByRole('button', { name: 'Confirm' }).click();
      if (attempt === 1) await page.getByRole('heading', { name: /^Good/ }).waitFor();
      else await page.getByRole('alert').getByText('The code is not right').waitFor();
    }
    await page.getByLabel('Recovery code').fill(codes[1] ?? '');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { name: /^Good/ }).waitFor();
    await page.goto('/settings/security');
    await page.getByText('8 recovery codes left').waitFor();
    await page.getByRole('button', { name: 'Turn off the authenticator app' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Password', { exact: true }).last().fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Turn off' }).click();
    await page.getByRole('button', { name: 'Set up' }).waitFor();
  });

  test('a code by mail, also when the session ends in between', async () => {
    const page = await stage.open();
    const email = await signUpQuickly(page);
    await page.goto('/settings/security');
    await page.getByRole('switch', { name: 'Ask for a code by message' }).click();
    await page.getByText('You will be asked for a code by message').waitFor();
    await page.context().clearCookies();
    await page.getByRole('link', { name: 'Tasks' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.getByText('we sent to your e-mail address').waitFor();
    await typeCode(page, await codeFor(page, email, /sign|second|confirm/i));
    await page.getByText('No tasks yet').waitFor();
  });
});

browserSuite('the rest of the security page', (stage) => {
  test('a token for scripts is shown once, works and is deleted', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await page.goto('/settings/security');
    await page.getByRole('button', { name: 'Create a token' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Backup script');
    await dialog.getByLabel('See my profile').check();
    await dialog.getByRole('button', { name: 'Create a token' }).click();
    const token = await dialog.getByLabel('Token').inputValue();
    const answer = await fetch(`${stage.url}/v1/users/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByText('tasks:read, users:read').waitFor();
    await page.getByText('Access token created').waitFor();
    await page.getByRole('button', { name: 'Delete the token Backup script' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('No tokens.').waitFor();
  });

  test('a new password ends the other sessions', async () => {
    const page = await stage.open();
    const email = await signUpQuickly(page);
    const other = await stage.open();
    await send(other, 'POST', '/v1/auth/login', {
      identifier: email,
      password: PASSWORD,
      delivery: 'cookie',
    });
    await page.goto('/settings/security');
    await page.getByLabel('Current password').fill('wrong password');
    await page.getByLabel('New password').fill('a louder harbour at noon');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('This is not your password').waitFor();
    await page.getByLabel('Current password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Your other sessions have ended').waitFor();
    expect((await page.request.get('/v1/users/me')).status()).toBe(200);
    expect((await other.request.get('/v1/users/me')).status()).toBe(401);
  });
});
