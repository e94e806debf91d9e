import type { AdminUser } from '@spacedly/contracts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserSuite } from './browser.ts';
import { createTask, send, signUpQuickly } from './person.ts';

const BUSINESS = {
  businessName: 'Lovelace Engines',
  category: 'Machines',
  taxId: 'DE123456789',
  address: '1 Analytical Row, London',
};

async function openDetails(page: Page, name: string): Promise<void> {
  await page.goto('/admin/users');
  await page.getByLabel('Search', { exact: true }).fill(name);
  await page.getByRole('link', { name: `Open ${name}` }).click();
  await page.getByRole('dialog', { name }).waitFor();
}

browserSuite('looking after the installation', (stage) => {
  let admin: { page: Page; at: string } | undefined;
  /** The first account of an installation is its admin. */
  async function adminPage(): Promise<Page> {
    if (admin?.at !== stage.url) {
      admin = { page: await stage.open(), at: stage.url };
      await signUpQuickly(admin.page, 'Grace');
    }
    return admin.page;
  }
  async function personPage(name: string): Promise<{ page: Page; email: string }> {
    await adminPage();
    const page = await stage.open();
    return { page, email: await signUpQuickly(page, name) };
  }

  test('somebody is promoted, then demoted, and their session dies each time', async () => {
    const boss = await adminPage();
    const { page: person, email } = await personPage('Mary');
    await person.goto('/today');
    expect(await person.getByRole('link', { name: 'Admin' }).count()).toBe(0);
    await openDetails(boss, 'Mary');
    await boss.getByRole('dialog').getByLabel('Role').selectOption('MODERATOR');
    await boss.getByText('Every session of it has ended').first().waitFor();
    await expect.poll(async () => (await person.request.get('/v1/users/me')).status()).toBe(401);

    await send(person, 'POST', '/v1/auth/login', {
      identifier: email,
      password: 'a quiet harbour at dawn',
      delivery: 'cookie',
    });
    await person.goto('/admin');
    await person.getByRole('link', { name: 'Open Mary' }).waitFor();
    expect(await person.getByRole('link', { name: 'Audit log' }).count()).toBe(0);

    await boss.getByRole('dialog').getByLabel('Role').selectOption('USER');
    await expect.poll(async () => (await person.request.get('/v1/users/me')).status()).toBe(401);
    await person.reload();
    await person.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  test('a deactivated person is out at once', async () => {
    const boss = await adminPage();
    const { page: person } = await personPage('Ida');
    await person.goto('/today');
    await openDetails(boss, 'Ida');
    await boss.getByRole('switch', { name: 'May sign in' }).click();
    await boss.getByText('Every session of it has ended').first().waitFor();
    await person.getByRole('link', { name: 'Tasks' }).click();
    await person.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
    await boss.goto('/admin/users?status=deactivated');
    await boss.getByRole('link', { name: 'Open Ida' }).waitFor();
  });

  test('deleted, restored, deleted again and removed for good', async () => {
    const boss = await adminPage();
    const { email } = await personPage('Lise');
    await openDetails(boss, 'Lise');
    const drawer = boss.getByRole('dialog', { name: 'Lise', exact: true });
    await drawer.getByRole('button', { name: 'Delete', exact: true }).click();
    const ask = boss.getByRole('dialog', { name: 'Delete Lise?' });
    await ask.getByRole('button', { name: 'Delete', exact: true }).click();
    await drawer.getByRole('button', { name: 'Restore' }).click();
    await drawer.getByRole('button', { name: 'Remove for good' }).click();
    const purge = boss.getByRole('dialog', { name: 'Remove Lise for good?' });
    await purge.getByLabel('E-mail or phone').fill('somebody@example.com');
    await purge.getByRole('button', { name: 'Remove for good' }).click();
    await purge.getByText('does not name this account').waitFor();
    await purge.getByLabel('E-mail or phone').fill(email);
    await purge.getByRole('button', { name: 'Remove for good' }).click();
    await boss.getByText('Nobody matches.').waitFor();
  });

  test('acting for somebody is visible on every page and ends on a click', async () => {
    const boss = await adminPage();
    const { page: person } = await personPage('Emmy');
    await createTask(person, { title: 'Prove the theorem' });
    await openDetails(boss, 'Emmy');
    await boss.getByRole('button', { name: 'Act as this person' }).click();
    const ask = boss.getByRole('dialog', { name: 'Act as Emmy?' });
    await ask.getByRole('button', { name: 'Act as this person' }).click();
    const banner = boss.getByRole('region', { name: 'Acting for somebody' });
    await banner.getByText(/You act as Emmy until/).waitFor();
    // As if the admin had been on Today before: whoever is acted for is not greeted by that name, not for a moment.
    const greetings = JSON.stringify({ zone: 'UTC', byHour: Array(24).fill('Good day, Grace') });
    await boss.evaluate(`localStorage.setItem('spacedly.greetings', '${greetings}')`);
    const { promise: seen, resolve: letThrough } = Promise.withResolvers<void>();
    await boss.route('**/assets/*.js', (route) => seen.then(() => route.continue()));
    await boss.goto('/today', { waitUntil: 'commit' });
    const place = boss.locator('.first-paint .greeting');
    await place.waitFor({ state: 'attached' });
    expect(await place.textContent()).not.toContain('Grace');
    letThrough();
    await boss.getByRole('heading', { name: /^Good \w+, Emmy$/ }).waitFor();
    await boss.getByRole('link', { name: 'Tasks' }).click();
    await boss.getByText('Prove the theorem').waitFor();
    await banner.waitFor();
    await boss.goto('/settings/security');
    await boss.getByText('An admin acted for you').waitFor();
    await boss.getByRole('button', { name: 'Stop' }).click();
    await boss.getByRole('link', { name: 'Open Grace' }).waitFor();
    expect(await banner.count()).toBe(0);
    await boss.goto('/admin/audit');
    await boss.getByText('Acted for somebody').last().waitFor();
  });

  test('a business is submitted, rejected with a reason, and verified', async () => {
    const boss = await adminPage();
    const { page: person } = await personPage('Ada');
    await person.goto('/settings/business');
    await person.getByLabel('Business name').fill(BUSINESS.businessName);
    await person.getByLabel('Category').fill(BUSINESS.category);
    await person.getByLabel('Tax number').fill(BUSINESS.taxId);
    await person.getByLabel('Address').fill(BUSINESS.address);
    await person.getByLabel('Website').fill('no address');
    await person.getByRole('button', { name: 'Submit for review' }).click();
    await person.getByText('Must be an http or https address').waitFor();
    await person.getByLabel('Website').fill('');
    await person.getByRole('button', { name: 'Submit for review' }).click();
    await person.getByText('Waiting for review').waitFor();

    await boss.goto('/admin/merchants');
    await boss.getByRole('button', { name: 'Reject Lovelace Engines' }).click();
    await boss.getByLabel('Reason').fill('The tax number is unknown');
    await boss.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
    await boss.getByText('No business here.').waitFor();
    await person.reload();
    await person.getByText('Reason: The tax number is unknown').waitFor();

    await boss.getByText('Rejected', { exact: true }).click();
    await boss.getByRole('button', { name: 'Verify Lovelace Engines' }).click();
    await boss.getByText('Business verified').waitFor();
    await person.reload();
    await person.getByText('Your business is verified.').waitFor();
  });

  test('what reaches somebody is chosen, and kept', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await page.goto('/settings/notifications');
    const remindersBySms = page.getByRole('checkbox', { name: 'Reminders: SMS' });
    await remindersBySms.waitFor();
    const before = await remindersBySms.isChecked();
    await remindersBySms.click();
    await page.getByRole('switch', { name: 'Keep quiet at night' }).click();
    await page.getByLabel('From').fill('23:00');
    await page.getByLabel('Until').fill('23:00');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Quiet hours must begin and end at different times').waitFor();
    await page.getByLabel('Until').fill('06:30');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Notifications saved').waitFor();
    const kept = await (await page.request.get('/v1/notifications/preferences')).json();
    expect(kept).toMatchObject({ quietHours: { from: '23:00', to: '06:30' } });
    expect(kept.channels.reminder.sms).toBe(!before);
  });

  test('a profile with a picture', async () => {
    const { page } = await personPage('Rosalind');
    await page.goto('/settings');
    const picture = await page.screenshot();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: picture });
    await page.getByRole('img', { name: 'The picture you chose' }).waitFor();
    await page.getByRole('button', { name: 'Use this picture' }).click();
    await page.getByRole('img', { name: 'Your picture' }).waitFor();
    await page.getByLabel('Username').fill('A');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Must be 3–30 characters').waitFor();
    const username = `rosalind_${Date.now() % 1_000_000}`;
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Date of birth').fill('1990-07-25');
    await page.getByLabel('About you').fill('Photographs crystals');
    await page.getByRole('combobox', { name: 'Country' }).fill('United King');
    await page.getByRole('option', { name: 'United Kingdom' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Profile saved').waitFor();
    const me = (await (await page.request.get('/v1/users/me')).json()) as AdminUser;
    expect(me).toMatchObject({ username, country: 'GB', dob: '1990-07-25', bio: 'Photographs crystals' });
    expect((await page.request.get(me.avatarUrl ?? '')).headers()['content-type']).toBe('image/webp');
  });
});
