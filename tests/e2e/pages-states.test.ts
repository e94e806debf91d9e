import type { Page } from 'playwright-core';
import { test } from 'vitest';
import { browserSuite } from './browser.ts';
import { inspect } from './looks.ts';
import { createTask, send, signUpQuickly } from './person.ts';
import { dayIn } from './zone.ts';

const SLOW = { timeout: 240_000 };
const HOUR_MS = 3_600_000;
const soon = () => new Date(Date.now() + HOUR_MS).toISOString();

/** Answers a path as a server would that has a fault of its own. */
async function breakDown(page: Page, path: string): Promise<void> {
  const body = JSON.stringify({ status: 500, code: 'INTERNAL', title: 'Broken', requestId: '01JE3X7Q2K' });
  await page.route(path, (route) =>
    route.fulfill({ status: 500, contentType: 'application/problem+json', body }),
  );
}

browserSuite('what comes over a page or in its place, in both themes, on a phone and on a desk', (stage) => {
  test('the palette and the sheet of keys', SLOW, async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await createTask(page, { title: 'Revise graphs' });
    await page.goto('/today');
    await page.getByText('Nothing is due today').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Search everything, add a task, go anywhere').fill('graphs');
    await page.getByRole('dialog').getByText('Revise graphs').waitFor();
    await inspect(page, 'palette');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByText('Single letters').waitFor();
    await inspect(page, 'shortcuts');
  });

  test('the views of the tasks, choosing many, and what is said then', SLOW, async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await createTask(page, { title: 'Revise graphs', dueDate: soon(), priority: 'high', labels: ['exam'] });
    await createTask(page, { title: 'Pay the rent', status: 'in-progress', category: 'Home' });
    for (const view of ['board', 'table'] as const) {
      await page.goto(`/tasks?view=${view}`);
      await page.getByText('Pay the rent').waitFor();
      await inspect(page, view);
    }
    await page.goto('/tasks?category=Home');
    await page.getByRole('button', { name: /^Filters/ }).click();
    await page.getByLabel('Due from').first().waitFor();
    await inspect(page, 'filters');
    await page.goto('/tasks?q=zebra');
    await page.getByText('No task matches').waitFor();
    await inspect(page, 'no-match');
    await page.goto('/tasks');
    await page.getByLabel('New task').fill('Call Mary tomorrow 9am #Home !high');
    await page.getByRole('list', { name: 'Understood' }).waitFor();
    await inspect(page, 'quick-add');
    await page.goto('/tasks');
    await page.getByRole('button', { name: 'Select', exact: true }).click();
    await page.getByLabel('Select “Pay the rent”').click();
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Change' }).waitFor();
    await inspect(page, 'bulk-dialog');
    await page.keyboard.press('Escape');
    await inspect(page, 'bulk-bar');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('Moved 1 task to the bin').waitFor();
    await inspect(page, 'toast-undo');
    await page.goto('/tasks?deleted=1');
    await page.getByText('Pay the rent').waitFor();
    await inspect(page, 'bin');
  });

  test('the end of a review session', SLOW, async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const task = await createTask(page, { title: 'Krebs cycle' });
    await send(page, 'POST', '/v1/reviews', { taskId: task.id });
    await page.goto('/review');
    await page.getByRole('button', { name: 'Show answer' }).click();
    await page.getByRole('button', { name: /^Easy/ }).click();
    await page.getByText('Done for today').waitFor();
    await inspect(page, 'review-end');
  });

  test('leaving what is not saved, and a session that ended', SLOW, async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const task = await createTask(page, { title: 'Revise graphs' });
    await page.goto(`/tasks/${task.id}`);
    await page.getByRole('textbox', { name: 'Notes' }).fill('Not saved yet');
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    await inspect(page, 'leave');
    await page.getByRole('button', { name: 'Stay here' }).click();
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
    await inspect(page, 'session-ended');
  });

  test('what the server could not do', SLOW, async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const task = await createTask(page, { title: 'Revise graphs', dueDay: dayIn(0) });
    await page.goto('/today');
    await page.getByText('Revise graphs').waitFor();
    await breakDown(page, `**/v1/tasks/${task.id}/complete`);
    await page.getByLabel('Complete “Revise graphs”').click();
    await page.getByText('“Revise graphs” was not changed').waitFor();
    await inspect(page, 'toast-failed');
    await breakDown(page, '**/v1/tasks?*');
    await page.goto('/tasks');
    await page.getByText('This could not be loaded').waitFor();
    await inspect(page, 'list-failed');
    await breakDown(page, '**/v1/users/me');
    await page.goto('/today');
    await page.getByText('This page ran into a problem').waitFor();
    await inspect(page, 'crash');
  });
});
