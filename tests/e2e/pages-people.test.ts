import { test } from 'vitest';
import { browserSuite } from './browser.ts';
import { inspect } from './looks.ts';
import { send, signUpQuickly } from './person.ts';

const SLOW = { timeout: 240_000 };
const CHALLENGE = '#challenge=none&methods=totp,email,recovery,password&expiresAt=&returnTo=/today';

browserSuite('pages about people, in both themes, on a phone and on a desk', (stage) => {
  test('before the sign-in', SLOW, async () => {
    const page = await stage.open();
    for (const [path, text] of [
      ['/sign-in?error=account-closed', 'This account is deactivated or deleted'],
      [`/sign-in${CHALLENGE}`, 'One more step'],
      ['/forgot-password', 'Send link and code'],
      ['/reset-password?token=none', 'Set the password'],
      ['/verify-email?token=none', 'Confirm and sign in'],
      ['/cancel-change?token=none', 'Cancel the change of address'],
      ['/restore-account', 'This address is incomplete'],
    ] as const) {
      // Another fragment alone would not load the page anew.
      await page.goto('about:blank');
      await page.goto(path);
      await page.getByText(text).first().waitFor();
      await inspect(page, path.slice(1).replace(/[?#].*/, path.includes('#') ? '-second' : ''));
    }
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Send me a code instead' }).click();
    await page.getByRole('button', { name: 'Send the code' }).waitFor();
    await inspect(page, 'ask-code');
  });

  test('settings', SLOW, async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await send(page, 'POST', '/v1/auth/tokens', { name: 'Backup', scopes: ['tasks:read', 'users:read'] });
    for (const [path, text] of [
      ['/settings', 'Choose a picture'],
      ['/settings/notifications', 'Keep quiet at night'],
      ['/settings/security', 'Account created'],
      ['/settings/account', 'Export my data'],
      ['/settings/business', 'Submit for review'],
    ] as const) {
      await page.goto(path);
      await page.getByText(text).waitFor();
      await inspect(page, path.slice(1).replace('/', '-'));
    }
    await page.getByRole('link', { name: 'Account' }).click();
    await page.getByRole('button', { name: 'Delete my account' }).click();
    await page.getByLabel('Your password').waitFor();
    await inspect(page, 'delete');
    await page.goto('/settings/security');
    await page.getByRole('button', { name: 'Create a token' }).click();
    await page.getByRole('dialog').getByLabel('Name').waitFor();
    await inspect(page, 'create-token');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Set up' }).click();
    await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
    await inspect(page, 'totp');
  });
});

browserSuite('the admin pages, in both themes, on a phone and on a desk', (stage) => {
  test('users, details, merchants, audit and numbers', SLOW, async () => {
    const page = await stage.open();
    await signUpQuickly(page, 'Grace');
    const other = await stage.open();
    await signUpQuickly(other, 'Mary');
    await send(other, 'PUT', '/v1/users/me/merchant', {
      businessName: 'Lovelace Engines',
      category: 'Machines',
      taxId: 'DE123456789',
      address: '1 Analytical Row, London',
      contactEmail: 'sales@example.com',
    });
    for (const [path, text] of [
      ['/admin/users', 'Mary'],
      ['/admin/merchants', 'Lovelace Engines'],
      ['/admin/audit', 'Business submitted'],
      ['/admin/jobs', 'Nothing has failed for good'],
      ['/admin/stats', 'Live sessions'],
    ] as const) {
      await page.goto(path);
      await page.getByRole('listitem').or(page.locator('main p')).filter({ hasText: text }).first().waitFor();
      await inspect(page, path.slice(1).replace('/', '-'));
    }
    await page.goto('/admin/users');
    await page.getByRole('link', { name: 'Open Mary' }).click();
    await page.getByRole('button', { name: 'Remove for good' }).waitFor();
    await inspect(page, 'admin-user');
    await page.getByRole('button', { name: 'Act as this person' }).click();
    await page
      .getByRole('dialog', { name: 'Act as Mary?' })
      .getByRole('button', { name: 'Act as this person' })
      .click();
    await page.getByText('You act as Mary').waitFor();
    await page.getByText('Nothing is due today').waitFor();
    await inspect(page, 'acting');
  });
});
