import type { Task } from '@spacedly/contracts';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { waitFor } from '../harness/wait.ts';
import { browserSuite } from './browser.ts';
import { createTask, send, signUpQuickly } from './person.ts';
import { dayIn } from './zone.ts';

const hasFocus = (what: Locator) =>
  expect.poll(() => what.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);

const read = async (page: Page, id: string): Promise<Task> =>
  (await page.request.get(`/v1/tasks/${id}`)).json();

const listed = async (page: Page, query: string): Promise<string[]> => {
  const { items } = await (await page.request.get(`/v1/tasks?limit=100${query}`)).json();
  return items.map(({ title }: Task) => title);
};

async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const [start, end] = await Promise.all([from.boundingBox(), to.boundingBox()]);
  if (!start || !end) throw new Error('nothing to drag, or nowhere to');
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 10 });
  await page.mouse.up();
}

browserSuite('without a mouse, and with one that slips', (stage) => {
  test('a card is dragged by any part of it, and a drag never opens it', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    for (const title of ['First', 'Second', 'Third']) await createTask(page, { title });
    await page.goto('/tasks?view=board');
    const column = (name: string) => page.getByRole('region', { name });
    const card = (title: string) => page.getByRole('link', { name: title });
    await card('First').waitFor();
    let loads = 0;
    page.on('load', () => {
      loads += 1;
    });
    await drag(page, card('First'), column('In progress'));
    await column('In progress').getByRole('link', { name: 'First' }).waitFor();
    await expect.poll(() => listed(page, '&status=in-progress')).toEqual(['First']);
    // Put down where it was picked up.
    const box = await card('Second').boundingBox();
    if (!box) throw new Error('no card');
    await page.mouse.move(box.x + 10, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + 40, box.y + 40, { steps: 5 });
    await page.mouse.move(box.x + 10, box.y + 10, { steps: 5 });
    await page.mouse.up();
    expect(loads).toBe(0);
    expect(page.url()).toMatch(/view=board$/);
    await card('Second').click();
    await page.getByRole('dialog', { name: 'Second' }).waitFor();
  });

  test('a card that is moved by keyboard or menu keeps the focus, and the move is told', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    for (const title of ['First', 'Second', 'Third']) await createTask(page, { title });
    await page.goto('/tasks?view=board');
    const column = (name: string) => page.getByRole('region', { name });
    const handle = page.getByRole('button', { name: 'Move “Second” by drag or keyboard' });
    await handle.focus();
    await page.keyboard.press('Space');
    await page.getByText('Second is at place 2 of To do.').waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowRight');
    await page.getByText(/^Second is at place \d of In progress.$/).waitFor({ state: 'attached' });
    await hasFocus(handle);
    await page.keyboard.press('Space');
    await page.getByText('Dropped Second in In progress.').waitFor({ state: 'attached' });
    await expect.poll(() => listed(page, '&status=in-progress')).toEqual(['Second']);
    await column('In progress').getByRole('link', { name: 'Second' }).waitFor();
    await hasFocus(handle);

    const menu = page.getByRole('button', { name: 'Move “Second”', exact: true });
    await menu.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Move to Completed' }).focus();
    await page.keyboard.press('Enter');
    await column('Completed').getByRole('link', { name: 'Second' }).waitFor();
    await page.getByText('Second is at place 1 of Completed.').waitFor({ state: 'attached' });
    await hasFocus(menu);
    await expect.poll(() => listed(page, '&status=completed')).toEqual(['Second']);
    await hasFocus(menu);
  });

  test('Ctrl Z takes back what was done last, but not while something is typed', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const first = await createTask(page, { title: 'First' });
    const second = await createTask(page, { title: 'Second' });
    await page.goto('/tasks');
    await page.getByRole('checkbox', { name: 'Complete “First”' }).press('Space');
    await page.getByText('Completed “First”').waitFor();
    await page.getByRole('link', { name: 'Second' }).press('Enter');
    await page.getByRole('button', { name: 'Delete task' }).press('Enter');
    await page.getByText('Moved “Second” to the bin').waitFor();
    await page.getByLabel('New task').fill('Half a thought');
    await page.getByLabel('New task').press('Control+z');
    await page.getByRole('heading', { level: 1 }).focus();
    expect((await read(page, first.id)).status).toBe('completed');
    await page.keyboard.press('Control+z');
    await page.getByText('Taken back').waitFor();
    await page.getByRole('link', { name: 'Second' }).waitFor();
    expect((await read(page, second.id)).deletedAt).toBeNull();
    await page.keyboard.press('Control+z');
    await page.getByRole('link', { name: 'First' }).waitFor();
    await expect.poll(async () => (await read(page, first.id)).status).toBe('todo');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('?');
    await page.getByRole('row', { name: /Undo the last change/ }).waitFor();
  });

  test('a move in the calendar can be taken back', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const { id } = await createTask(page, { title: 'Lab report', dueDay: dayIn(0) });
    await page.goto('/calendar?view=agenda');
    await page.getByRole('button', { name: /Lab report/ }).press('Enter');
    await page.getByRole('dialog').getByText('A time').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Move', exact: true }).press('Enter');
    await page.getByText(/“Lab report” moved to/).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Taken back').waitFor();
    expect(await read(page, id)).toMatchObject({ dueDate: null, dueDay: dayIn(0) });

    await send(page, 'PUT', '/v1/exams', { name: 'Finals', day: dayIn(1), category: 'Study' });
    // On the last day of a month that is in the next one.
    await page.goto(`/calendar?view=agenda&date=${dayIn(1)}`);
    await page.getByRole('button', { name: /Finals/ }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: /^Day/ }).click();
    // Any other day of the month that is shown, which need not be that of today.
    await page
      .getByRole('dialog')
      .locator('td button:not([data-outside]):not([data-selected])')
      .last()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Move', exact: true }).press('Enter');
    await page.getByText(/“Finals” moved to/).waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText('Taken back').waitFor();
    const { items } = await (await page.request.get('/v1/exams')).json();
    expect(items).toMatchObject([{ day: dayIn(1) }]);
  });

  test('a row that is ticked off or deleted hands the focus to the next one', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    for (const title of ['Five', 'Four', 'Three', 'Two', 'One'])
      await createTask(page, { title, dueDay: dayIn(title === 'One' ? -1 : 0) });
    const tick = (title: string) => page.getByRole('checkbox', { name: `Complete “${title}”` });
    await page.goto('/today');
    await tick('One').press('Space');
    // From the last one overdue to the first one due.
    await tick('One').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'One' }).waitFor({ state: 'detached' });
    const firstDue = page.getByRole('list', { name: 'Due today' }).getByRole('checkbox').first();
    await hasFocus(firstDue);

    for (const path of ['/tasks', '/tasks?view=table']) {
      await page.goto(path);
      const rows = page.locator('main [data-index]');
      await rows.first().waitFor();
      const second = await rows.nth(1).getByRole('link').textContent();
      await rows
        .first()
        .getByRole('checkbox', { name: /^Complete/ })
        .press('Space');
      await hasFocus(tick(second ?? ''));
      await expect.poll(() => rows.first().getByRole('link').textContent()).toBe(second);
    }
    const left = page.locator('main [data-index]');
    const asked: string[] = [];
    page.on('response', (answer) => {
      if (answer.status() === 404) asked.push(answer.url());
    });
    const remove = async () => {
      await left.first().getByRole('link').press('Enter');
      await page.getByRole('button', { name: 'Delete task' }).press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    await remove();
    await hasFocus(left.first().getByRole('link'));
    await remove();
    await hasFocus(page.getByRole('heading', { level: 1, name: 'Tasks' }));
    await page.waitForLoadState('networkidle');
    expect(asked).toEqual([]);
  });

  test('the open list of a field takes Escape, then the drawer, and a label half typed is asked about', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await createTask(page, { title: 'Revise graphs' });
    await page.goto('/tasks');
    const row = page.getByRole('link', { name: 'Revise graphs' });
    const drawer = page.getByRole('dialog', { name: 'Revise graphs' });
    await row.press('Enter');
    await drawer.getByLabel('Category').click();
    await page.getByRole('option', { name: 'Study' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('option', { name: 'Study' }).waitFor({ state: 'hidden' });
    await drawer.waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await hasFocus(row);

    await row.press('Enter');
    await drawer.getByLabel('Labels').click();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });

    await row.press('Enter');
    await drawer.getByLabel('Labels').fill('exam');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor({ state: 'detached' });
    await drawer.getByText('exam', { exact: true }).waitFor();
    await drawer.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
  });

  test('in a long list keys go from task to task, and what is chosen or focused outlasts scrolling', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await page.goto('/tasks');
    await page.evaluate(`(async () => {
      const headers = { 'content-type': 'application/json' };
      for (let number = 250; number > 0; number -= 1) {
        const body = JSON.stringify({ title: 'Number ' + number });
        await fetch('/v1/tasks', { method: 'POST', headers, body });
      }
    })()`);
    const link = (number: number) => page.getByRole('link', { name: `Number ${number}`, exact: true });
    const box = (number: number) => page.getByLabel(`Select “Number ${number}”`, { exact: true });
    for (const path of ['/tasks', '/tasks?view=table']) {
      await page.goto(path);
      await link(1).waitFor();
      await page.keyboard.press('j');
      await hasFocus(link(1));
      for (let number = 1; number < 40; number += 1) await page.keyboard.press('ArrowDown');
      await hasFocus(link(40));
      await page.keyboard.press('k');
      await hasFocus(link(39));
      await page.keyboard.press('x');
      await page.getByText('1 selected').waitFor();
      await page.mouse.move(600, 500);
      // Far enough for the row to be out of the document, were it not focused.
      await page.mouse.wheel(0, 4_000);
      await link(90).waitFor();
      await hasFocus(link(39));
      // There is nothing to scroll to until the next hundred have come.
      const isThere = async () => (await box(120).isVisible()) || page.mouse.wheel(0, 300);
      await waitFor(isThere, 10_000, 'the hundred and twentieth');
      await box(120).click({ modifiers: ['Shift'] });
      await page.getByText('82 selected').waitFor();
      await page.getByRole('button', { name: 'Select all', exact: true }).click();
      await page.getByText('250 selected').waitFor();
      await page.getByRole('button', { name: 'Clear', exact: true }).click();
    }
    await page.getByLabel('Search tasks').fill('Number 217');
    await link(217).waitFor();
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press('j');
    await hasFocus(link(217));
  });
});
