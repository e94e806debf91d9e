import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserSuite } from './browser.ts';
import { createTask, PASSWORD, signUpQuickly } from './person.ts';

function countRefreshes(page: Page): () => number {
  let refreshes = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/v1/auth/refresh')) refreshes += 1;
  });
  return () => refreshes;
}

browserSuite('the session', (stage) => {
  test('an access token that ran out is renewed once, unseen, for all who ask', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await page.goto('/settings/security');
    await page.getByText('This one').waitFor();
    const refreshes = countRefreshes(page);
    await page.context().clearCookies({ name: 'spacedly_access' });
    // Today asks for several things at the same time.
    await page.getByRole('link', { name: 'Today' }).click();
    await page.getByText('Nothing is due today').waitFor();
    expect(refreshes()).toBe(1);
  });

  test('two tabs renew it once between them', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const other = await page.context().newPage();
    await Promise.all([page.goto('/settings/security'), other.goto('/settings/security')]);
    await Promise.all([page.getByText('This one').waitFor(), other.getByText('This one').waitFor()]);
    const counts = [countRefreshes(page), countRefreshes(other)];
    await page.context().clearCookies({ name: 'spacedly_access' });
    await Promise.all([page, other].map((tab) => tab.getByRole('link', { name: 'Tasks' }).click()));
    await Promise.all([page, other].map((tab) => tab.getByText('No tasks yet').waitFor()));
    expect(counts.reduce((sum, count) => sum + count(), 0)).toBe(1);
  });

  test('a session that ended keeps what was typed, and the save goes on after the sign-in', async () => {
    const page = await stage.open();
    const email = await signUpQuickly(page);
    const task = await createTask(page, { title: 'Revise graphs' });
    await page.goto(`/tasks/${task.id}`);
    await page.getByRole('textbox', { name: 'Notes' }).fill('A long thought that must not get lost');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Save' }).click();

    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.waitFor();
    expect(await dialog.getByLabel('E-mail, phone or username').inputValue()).toBe(email);
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    const saved = await (await page.request.get(`/v1/tasks/${task.id}`)).json();
    expect(saved.description).toBe('A long thought that must not get lost');
  });

  test('signing out leaves nothing behind', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await page.goto('/settings');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Create an account' }).waitFor();
    await page.goto('/today');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(new URL(page.url()).searchParams.get('next')).toBe('/today');
  });
});
