import type { Task } from '@spacedly/contracts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { waitFor } from '../harness/wait.ts';
import { browserSuite } from './browser.ts';
import { createTask, send, signUpQuickly } from './person.ts';

const column = (page: Page, name: string) => page.getByRole('region', { name });
const menuOf = (page: Page, title: string) =>
  page.getByRole('button', { name: `Move “${title}”`, exact: true });

/** The titles of a status in the order of the board. */
async function order(page: Page, status: string): Promise<string[]> {
  const answer = await page.request.get(`/v1/tasks?limit=100&status=${status}&sort=position`);
  return ((await answer.json()) as { items: Task[] }).items.map(({ title }) => title);
}

async function onBoard(page: Page, titles: readonly string[]): Promise<Task[]> {
  await signUpQuickly(page);
  const tasks: Task[] = [];
  for (const title of titles) tasks.push(await createTask(page, { title }));
  await page.goto('/tasks?view=board');
  await menuOf(page, titles[0] ?? '').waitFor();
  return tasks;
}

browserSuite('what was moved can be taken back', (stage) => {
  test('by menu: between columns, within one, and out of Completed', async () => {
    const page = await stage.open();
    const [first] = await onBoard(page, ['First', 'Second', 'Third', 'Fourth']);
    await send(page, 'PATCH', `/v1/tasks/${first?.id}`, { status: 'in-progress' });
    await page.reload();
    const before = ['Second', 'Third', 'Fourth'];
    await expect.poll(() => order(page, 'todo')).toEqual(before);

    await menuOf(page, 'Third').click();
    await page.getByRole('menuitem', { name: 'Move to In progress' }).click();
    await page.getByText('Moved “Third” to In progress').waitFor();
    expect(await order(page, 'in-progress')).toEqual(['Third', 'First']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await column(page, 'To do').getByRole('link', { name: 'Third' }).waitFor();
    await expect.poll(() => order(page, 'todo')).toEqual(before);
    await page.getByText('Taken back').waitFor();

    await menuOf(page, 'Third').click();
    await page.getByRole('menuitem', { name: 'Move up' }).click();
    await page.getByText('Moved “Third”', { exact: true }).waitFor();
    await expect.poll(() => order(page, 'todo')).toEqual(['Third', 'Second', 'Fourth']);
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press('Control+z');
    await expect.poll(() => order(page, 'todo')).toEqual(before);

    await menuOf(page, 'Second').click();
    await page.getByRole('menuitem', { name: 'Move to Completed' }).click();
    await column(page, 'Completed').getByRole('link', { name: 'Second' }).waitFor();
    await page.getByText('Completed “Second”').waitFor();
    const { items } = await (await page.request.get('/v1/tasks?status=completed')).json();
    await menuOf(page, 'Second').click();
    await page.getByRole('menuitem', { name: 'Move to To do' }).click();
    await page.getByText('Moved “Second” to To do').waitFor();
    await page.keyboard.press('Control+z');
    await column(page, 'Completed').getByRole('link', { name: 'Second' }).waitFor();
    const again = await (await page.request.get('/v1/tasks?status=completed')).json();
    expect(again.items[0].completedAt).toBe(items[0].completedAt);
  });

  test('by drag and by keyboard', async () => {
    const page = await stage.open();
    await onBoard(page, ['First', 'Second']);
    const from = await page.getByRole('link', { name: 'First' }).boundingBox();
    const to = await column(page, 'In progress').boundingBox();
    if (!from || !to) throw new Error('no board');
    await page.mouse.move(from.x + 8, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(to.x + 80, to.y + 80, { steps: 12 });
    await page.getByText(/^First is at place 1 of In progress.$/).waitFor({ state: 'attached' });
    await page.mouse.up();
    await page.getByText('Moved “First” to In progress').waitFor();
    await page.keyboard.press('Control+z');
    await column(page, 'To do').getByRole('link', { name: 'First' }).waitFor();
    await expect.poll(() => order(page, 'todo')).toEqual(['First', 'Second']);

    await page.getByRole('button', { name: 'Move “Second” by drag or keyboard' }).focus();
    await page.keyboard.press('Space');
    const moved = page.getByText('Second is at place 1 of To do.');
    await waitFor(
      async () => {
        await page.keyboard.press('ArrowUp');
        await moved.waitFor({ state: 'attached', timeout: 1_000 }).catch(() => null);
        return (await moved.count()) > 0;
      },
      10_000,
      'the card at place 1',
    );
    await page.keyboard.press('Space');
    await page.getByText('Moved “Second”', { exact: true }).waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(() => order(page, 'todo')).toEqual(['First', 'Second']);
  });

  test('a snoozed reminder is shown at once where it goes, and goes back when the server says no', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const { id: taskId } = await createTask(page, { title: 'Revise graphs' });
    const scheduledAt = new Date(Date.now() + 5.5 * 60_000).toISOString();
    await send(page, 'POST', '/v1/reminders', { taskId, scheduledAt });
    const { promise: answer, resolve: refuse } = Promise.withResolvers<void>();
    await page.route('**/snooze', async (route) => {
      await answer;
      await route.abort();
    });
    await page.goto(`/tasks/${taskId}`);
    const time = page.locator('time').filter({ hasText: /minutes|hour/ });
    await page.getByText('In 5 minutes', { exact: false }).waitFor();
    await page.getByRole('button', { name: /^Snooze/ }).click();
    await expect.poll(() => time.textContent()).toMatch(/60 minutes|1 hour|59 minutes/);
    refuse();
    await page.getByText('The reminder was not changed').waitFor();
    await expect.poll(() => time.textContent()).toMatch(/5 minutes|4 minutes/);
  });
});
