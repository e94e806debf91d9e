import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserSuite } from './browser.ts';
import { createTask, PASSWORD, send, signUpQuickly } from './person.ts';

const SLOW = { timeout: 240_000 };
const DAY_MS = 86_400_000;
const EXAM_DAY = new Date(Date.now() + 12 * DAY_MS).toISOString().slice(0, 10);

async function signInAgain(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.waitFor({ state: 'detached' });
}

interface Form {
  /** What of the page is the form. */
  within: Locator;
  /** Fields by their labels, and what is typed into them. */
  typed: Record<string, string>;
  button: string;
  /** What says that it was saved. */
  saved: string | RegExp;
}

/** Types, saves without a network, then with a session that has ended, and signs in again. */
async function survives(page: Page, { within, typed, button, saved }: Form): Promise<void> {
  const field = (label: string) => within.getByLabel(label, { exact: true });
  for (const [label, text] of Object.entries(typed)) await field(label).fill(text);
  const isKept = async () => {
    for (const [label, text] of Object.entries(typed)) expect(await field(label).inputValue()).toBe(text);
  };
  const save = within.getByRole('button', { name: button, exact: true });
  await page.context().setOffline(true);
  await save.click();
  await within.getByRole('alert').first().waitFor();
  await isKept();
  await page.context().setOffline(false);
  await page.context().clearCookies();
  await save.click();
  await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
  await isKept();
  await signInAgain(page);
  await page.getByText(saved).first().waitFor();
}

browserSuite('what is typed is not lost', (stage) => {
  test('to a network that went, nor to a session that ended', SLOW, async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const { id } = await createTask(page, { title: 'Revise graphs' });
    await send(page, 'PUT', '/v1/exams', { name: 'Maths', day: EXAM_DAY, category: 'Maths' });
    const main = page.getByRole('main');
    const dialog = (name: string) => page.getByRole('dialog', { name });

    await page.goto('/settings');
    const profile = { Name: 'Ada Byron', 'About you': 'I count on engines.' };
    await survives(page, { within: main, typed: profile, button: 'Save', saved: 'Profile saved' });

    await page.goto('/settings/business');
    const business = {
      'Business name': 'Lovelace Engines',
      Category: 'Machines',
      'Tax number': 'DE123456789',
      Address: '1 Analytical Row, London',
    };
    const submit = { button: 'Submit for review', saved: /^Submitted/ };
    await survives(page, { within: main, typed: business, ...submit });

    await page.goto('/settings/security');
    await page.getByRole('button', { name: 'Create a token' }).click();
    const token = { within: dialog('Create a personal access token'), typed: { Name: 'The script at home' } };
    await survives(page, { ...token, button: 'Create a token', saved: 'The script at home' });

    await page.goto('/review/exams');
    await page.getByRole('button', { name: 'Edit “Maths”' }).click();
    const exam = { within: dialog('Edit the exam'), typed: { Name: 'Algebra', Category: 'Mathematics' } };
    await survives(page, { ...exam, button: 'Save', saved: '“Algebra” is planned' });

    await page.goto(`/tasks/${id}`);
    await survives(page, {
      within: dialog('Revise graphs'),
      typed: { 'Add a subtask': 'Read chapter three' },
      button: 'Add',
      saved: 'Read chapter three',
    });
    await page.getByRole('button', { name: 'Add reminder' }).click();
    await survives(page, {
      within: page.getByRole('form', { name: 'Add reminder' }),
      typed: { Message: 'Bring the calculator' },
      button: 'Add reminder',
      saved: /Bring the calculator/,
    });
  });

  test('to Escape, a click beside the dialog, its cross, a link or the browser’s back', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await page.goto('/today');
    await page.getByRole('link', { name: 'Review' }).first().click();
    await page.getByRole('link', { name: 'Exams' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add an exam' });
    const ask = page.getByRole('dialog', { name: 'Leave without saving?' });
    const open = () => page.getByRole('button', { name: 'Add an exam' }).first().click();

    await open();
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    await open();
    const name = dialog.getByLabel('Name', { exact: true });
    await name.fill('Algebra');
    const ways = {
      escape: () => page.keyboard.press('Escape'),
      beside: () => page.mouse.click(8, 400),
      cross: () => dialog.getByRole('button', { name: 'Close' }).click(),
      back: () => page.goBack().then(() => {}),
    };
    for (const [way, leave] of Object.entries(ways)) {
      await leave();
      await ask.waitFor();
      await ask.getByRole('button', { name: 'Stay here' }).click();
      await ask.waitFor({ state: 'detached' });
      expect(await name.inputValue(), way).toBe('Algebra');
    }
    await page.keyboard.press('Escape');
    await ask.waitFor();
    await page.keyboard.press('Escape');
    await ask.waitFor({ state: 'detached' });
    expect(await name.inputValue()).toBe('Algebra');
    await page.keyboard.press('Escape');
    await ask.getByRole('button', { name: 'Leave' }).click();
    await dialog.waitFor({ state: 'detached' });
    await open();
    expect(await name.inputValue()).toBe('');
    await dialog.getByRole('button', { name: 'Cancel' }).click();

    await page.goto('/settings');
    await page.getByLabel('About you').fill('I count on engines.');
    await page.getByRole('link', { name: 'Business' }).click();
    await ask.getByRole('button', { name: 'Stay here' }).click();
    expect(await page.getByLabel('About you').inputValue()).toBe('I count on engines.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Profile saved').waitFor();
    await page.getByRole('link', { name: 'Business' }).click();
    await page.waitForURL('**/settings/business');
  });
});
