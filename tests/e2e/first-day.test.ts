import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserSuite } from './browser.ts';
import { codeFor, mailTo, newAddress, PASSWORD } from './person.ts';
import { ZONE } from './zone.ts';

/** A reminder is due a minute after it is made; then it has to arrive. */
const REMINDER_MS = 75_000;

async function signUp(page: Page, email: string): Promise<void> {
  await page.getByLabel('Name').fill('Ada');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('link', { name: 'Open the local mailbox' }).waitFor();
  await page.getByLabel('Digit 1 of 6').focus();
  await page.keyboard.insertText(await codeFor(page, email));
}

async function addTaskForTonight(page: Page, title: string): Promise<void> {
  await page.getByLabel('New task').fill(title);
  await page.getByRole('button', { name: 'Due: Due' }).click();
  const picker = page.getByRole('dialog');
  await picker
    .getByRole('button', { name: /^\d+ \w+ \d{4}$/ })
    .and(picker.locator('[data-today]'))
    .click();
  await picker.getByLabel('Hours').fill('23');
  await picker.getByLabel('Minutes').fill('59');
  await picker.getByRole('button', { name: 'Use this date and time' }).click();
  await page.getByRole('button', { name: 'Add task' }).click();
}

browserSuite('the first day with Spacedly', (stage) => {
  test('from the welcome page to a streak of one day', { timeout: 180_000 }, async () => {
    const page = await stage.open();
    const email = newAddress();

    await page.goto('/');
    await page.getByRole('heading', { name: 'Welcome to Spacedly' }).waitFor();
    await page.getByRole('link', { name: 'Create the first account' }).click();
    await signUp(page, email);
    await page.getByRole('heading', { name: /^Good \w+, Ada$/ }).waitFor();
    const me = await (await page.request.get('/v1/users/me')).json();
    expect(me).toMatchObject({ timeZone: ZONE, role: 'ADMIN' });

    await addTaskForTonight(page, 'Revise graphs');
    const due = page.getByRole('region', { name: 'Due today' });
    await due.getByText('23:59').waitFor();
    await due.getByRole('link', { name: 'Revise graphs' }).click();

    await page.getByRole('button', { name: 'Add reminder' }).click();
    await page.getByText('In 1 minute').click();
    await page.getByLabel('Message').fill('Start with Dijkstra');
    await page.getByRole('button', { name: 'Add reminder' }).click();
    await page.getByText('Start with Dijkstra').waitFor();

    const toast = page.getByRole('alert').filter({ hasText: 'Open the task' });
    await toast.waitFor({ timeout: REMINDER_MS });
    await page.getByText('Sent', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Notifications, \d+ unread$/ }).click();
    const inbox = page.getByRole('dialog', { name: 'Notifications' });
    await inbox.getByRole('link', { name: /Revise graphs/ }).waitFor();
    await inbox.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
    expect((await mailTo(page, email, /Revise graphs/)).text).toContain('Start with Dijkstra');

    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Today' }).click();
    await page.getByRole('checkbox', { name: 'Complete “Revise graphs”' }).click();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    await page.getByRole('button', { name: 'Notifications, 1 unread' }).waitFor();
    await page.getByText('1 day', { exact: true }).waitFor();
    await page.getByText('All done for today').waitFor();

    await page.goto('/notifications');
    const all = page.getByRole('listitem');
    await all.filter({ hasText: 'Start with Dijkstra' }).waitFor();
    await page.getByRole('link', { name: 'Unread', exact: true }).click();
    await all.filter({ hasText: 'Start with Dijkstra' }).waitFor({ state: 'detached' });
    await page.reload();
    await all
      .filter({ hasText: 'Revise graphs' })
      .getByRole('button', { name: /^Mark as read/ })
      .click();
    await page.getByText('You have read everything.').waitFor();
    expect(new URL(page.url()).search).toBe('?unread=true');
  });
});
