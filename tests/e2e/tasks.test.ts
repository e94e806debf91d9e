import type { Task } from '@spacedly/contracts';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { waitFor } from '../harness/wait.ts';
import { browserSuite } from './browser.ts';
import { inspect } from './looks.ts';
import { createTask, send, signUpQuickly } from './person.ts';

const listed = async (page: Page, query = ''): Promise<Task[]> =>
  (await (await page.request.get(`/v1/tasks?limit=100${query}`)).json()).items;

/** Three pages of the list; more only take longer. */
const MANY = 300;

browserSuite('tasks', (stage) => {
  test('one line becomes a task as it was understood', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await page.goto('/tasks');
    await page.getByLabel('New task').fill('Revise graphs tomorrow 9am #Study !high every week');
    await page.getByText('every week', { exact: true }).waitFor();
    await page.getByText('High priority').waitFor();
    await inspect(page, 'quick-add');
    await page.getByRole('button', { name: 'Add task' }).click();
    await page.getByText('Added “Revise graphs”').waitFor();
    await page.getByRole('link', { name: 'Revise graphs' }).waitFor();
    expect(await listed(page)).toMatchObject([
      { title: 'Revise graphs', category: 'Study', priority: 'high', recurrence: { rrule: 'FREQ=WEEKLY' } },
    ]);
  });

  test('keys go anywhere, find, add, and can be switched off', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await createTask(page, { title: 'Call the plumber' });
    await page.goto('/today');
    await page.getByRole('heading', { level: 1, name: 'Good' }).waitFor();
    const { promise: held, resolve: letThrough } = Promise.withResolvers<void>();
    await page.route('**/assets/palette*', async (route) => {
      await held;
      await route.continue();
    });
    await page.keyboard.press('Control+k');
    // What is typed while the palette is on its way leads nowhere.
    await page.keyboard.type('gc');
    letThrough();
    const search = page.getByPlaceholder('Search everything, add a task, go anywhere');
    await search.fill('plumb');
    await page.getByRole('button', { name: 'Call the plumber' }).waitFor();
    await inspect(page, 'palette');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/today\?task=[0-9a-f-]+$/);
    await page.getByRole('heading', { name: 'Call the plumber' }).waitFor();
    await page.keyboard.press('Control+k');
    await search.fill('Buy milk !high');
    await page.getByRole('button', { name: 'Add “Buy milk !high”' }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.keyboard.press('Enter');
    await page.getByText('Added “Buy milk”').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Search or go to' }).click();
    await search.fill('security');
    await page.getByRole('button', { name: 'Settings: Security' }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/settings/security');

    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.waitForURL('**/calendar');
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.waitFor();
    await inspect(page, 'shortcuts');
    await sheet.getByRole('switch', { name: 'Single letters' }).click();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press('?');
    await page.keyboard.press('Control+k');
    await search.waitFor();
    expect(await sheet.count()).toBe(0);
  });

  test('on a phone the rest of the places is behind one more tap', async () => {
    const page = await stage.open({ viewport: { width: 360, height: 740 } });
    await signUpQuickly(page);
    await page.goto('/today');
    await page.getByRole('button', { name: 'More' }).click();
    await inspect(page, 'more');
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole('navigation').getByRole('link', { name: 'Analytics' }).click();
    await page.waitForURL('**/analytics');
    expect(await page.getByRole('navigation').getByRole('link', { name: 'Settings' }).count()).toBe(0);
  });

  test('the address keeps what is shown; many are completed at once and taken back; the bin gives back', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    for (const title of ['Read', 'Write', 'Count']) await createTask(page, { title, category: 'Study' });
    await createTask(page, { title: 'Dishes', category: 'Home' });
    await page.goto('/tasks?category=Study&sort=priority');
    await page.getByRole('link', { name: 'Count' }).waitFor();
    expect(await page.getByRole('link', { name: 'Dishes' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Remove the filter “Category: Study”' }).click();
    await page.getByRole('link', { name: 'Dishes' }).waitFor();
    await page.getByLabel('Search tasks').fill('dish');
    await page.waitForURL(/q=dish/);
    await page.getByRole('link', { name: 'Read' }).waitFor({ state: 'detached' });
    await page.getByLabel('Search tasks').fill('');
    await page.getByRole('link', { name: 'Read' }).waitFor();

    await page.getByRole('button', { name: 'Select', exact: true }).click();
    await page.getByLabel('Select “Read”').click();
    await page.getByLabel('Select “Write”').click();
    await inspect(page, 'list');
    await page.getByRole('button', { name: 'Complete', exact: true }).click();
    await page.getByText('Completed 2 tasks').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await listed(page, '&completed=0')).length).toBe(4);

    await page.goto('/tasks?view=table');
    await page.getByRole('columnheader', { name: /Priority/ }).waitFor();
    await inspect(page, 'table');
    await page.getByRole('link', { name: 'Dishes' }).click();
    await page.getByRole('button', { name: 'Delete task' }).click();
    await page.getByText('Moved “Dishes” to the bin').waitFor();
    await page.goto('/tasks?deleted=1');
    await page.getByRole('button', { name: 'Restore “Dishes”' }).waitFor();
    await inspect(page, 'bin');
    await page.getByRole('button', { name: 'Restore “Dishes”' }).click();
    await page.getByText('Restored “Dishes”').waitFor();
    expect(await listed(page)).toHaveLength(4);
  });

  test('the board moves tasks by menu and by keyboard', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    for (const title of ['First', 'Second', 'Third']) await createTask(page, { title });
    await page.goto('/tasks?view=board');
    const column = (name: string) => page.getByRole('region', { name });
    await column('To do').getByRole('link', { name: 'First' }).waitFor();
    await page.getByRole('button', { name: 'Move “First”', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Move to In progress' }).click();
    await column('In progress').getByRole('link', { name: 'First' }).waitFor();
    await expect.poll(async () => (await listed(page, '&status=in-progress')).length).toBe(1);

    await page.getByRole('button', { name: 'Move “Third” by drag or keyboard' }).focus();
    await page.keyboard.press('Space');
    await page.getByText('Third is at place 2 of To do.').waitFor({ state: 'attached' });
    // dnd-kit listens to the keys a moment after it says where the card is: who is as fast as this presses twice.
    const moved = page.getByText('Third is at place 1 of To do.');
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
    await expect
      .poll(async () => (await listed(page, '&status=todo&sort=position')).map(({ title }) => title))
      .toEqual(['Third', 'Second']);
    await inspect(page, 'board');
  });

  test('a task has steps, files, notes as they read, and comes again', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const { id } = await createTask(page, { title: 'Lab report', description: '## Plan\n\n- **measure**' });
    const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
    await send(page, 'POST', '/v1/reminders', { taskId: id, scheduledAt });
    await page.goto(`/tasks/${id}`);
    await page.getByRole('heading', { name: 'Plan' }).waitFor();

    for (const step of ['Measure', 'Write up']) {
      await page.getByLabel('Add a subtask').fill(step);
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await page.getByRole('link', { name: step }).waitFor();
    }
    await page.getByRole('button', { name: 'Move “Write up” up' }).click();
    await expect
      .poll(async () => (await listed(page, `&parentId=${id}&sort=position`)).map(({ title }) => title))
      .toEqual(['Write up', 'Measure']);
    await page.getByRole('checkbox', { name: 'Complete “Measure”' }).click();
    await page.getByText('1 of 2 done').waitFor();

    const buffer = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#287' } })
      .png()
      .toBuffer();
    const files = [
      { name: 'cell.png', mimeType: 'image/png', buffer },
      { name: 'virus.exe', mimeType: 'application/octet-stream', buffer },
    ];
    await page.locator('input[type=file]').setInputFiles(files);
    await page.getByRole('link', { name: 'cell.png' }).waitFor();
    await page.getByText('Files of this type are not accepted.').waitFor();
    await page.getByRole('button', { name: 'Dismiss virus.exe' }).click();
    await page.getByRole('button', { name: /^What happened: / }).click();
    await page.getByRole('list', { name: 'What happened to this reminder' }).waitFor();

    await page.getByText('All day', { exact: true }).click();
    await page.getByRole('button', { name: /^Day/ }).click();
    await page.getByRole('dialog').locator('[data-today]').click();
    await page.getByRole('combobox', { name: 'Repeats' }).click();
    await page.getByRole('option', { name: 'every day', exact: true }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    const task = await (await page.request.get(`/v1/tasks/${id}`)).json();
    expect(task).toMatchObject({ recurrence: { rrule: 'FREQ=DAILY', anchor: 'due' } });
    expect(task.attachments).toMatchObject([{ name: 'cell.png' }]);
    await inspect(page, 'task');
  });

  test('a task opens over the list, which stays as it was', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    for (let number = 1; number <= 30; number += 1)
      await createTask(page, { title: `Number ${number}`, category: 'Study' });
    const row = (number: number) => page.locator('main').getByRole('link', { name: `Number ${number}` });
    const drawer = (title: string) => page.getByRole('dialog', { name: title, exact: true });
    const scrolled = () => page.evaluate<number>('window.scrollY');
    const hasFocus = (number: number) =>
      expect.poll(() => row(number).evaluate((link) => link.matches(':focus'))).toBe(true);
    await page.goto('/tasks?category=Study');
    await row(15).scrollIntoViewIfNeeded();
    const before = await scrolled();
    expect(before).toBeGreaterThan(0);
    await row(15).click();
    await drawer('Number 15').getByLabel('Title').waitFor();
    expect(await page.title()).toContain('Number 15');
    await page.keyboard.press('Escape');
    await drawer('Number 15').waitFor({ state: 'detached' });
    await hasFocus(15);
    expect(await scrolled()).toBe(before);
    expect(new URL(page.url()).search).toBe('?category=Study');

    await page.keyboard.press('Enter');
    await drawer('Number 15').waitFor();
    await page.keyboard.press('j');
    await drawer('Number 14').waitFor();
    await page.goBack();
    await drawer('Number 14').waitFor({ state: 'detached' });
    await hasFocus(14);
    await page.goForward();
    await drawer('Number 14').waitFor();
    await page.reload();
    await drawer('Number 14').getByLabel('Title').fill('Fourteen');
    await page.mouse.click(300, 400);
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    await page.keyboard.press('Escape');
    await drawer('Number 14').getByRole('button', { name: 'Save' }).click();
    await drawer('Fourteen').waitFor();
    await page.mouse.click(300, 400);
    await drawer('Fourteen').waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('?category=Study');

    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto('/tasks?category=Study');
    await row(30).click();
    await page.getByRole('heading', { level: 1, name: 'Number 30' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await inspect(page, 'task-page');
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole('link', { name: 'All tasks' }).click();
    await row(30).waitFor();
    expect(new URL(page.url()).search).toBe('?category=Study');
    await row(24).scrollIntoViewIfNeeded();
    const onPhone = await scrolled();
    await row(24).click();
    await page.getByRole('heading', { level: 1, name: 'Number 24' }).waitFor();
    await page.getByLabel('Add a subtask').fill('Half a thought');
    await page.goBack();
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await row(24).waitFor();
    await expect.poll(scrolled).toBe(onPhone);
  });

  test('of many tasks only those in sight are in the page, and the last is reached', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await createTask(page, { title: 'The oldest of all' });
    await page.goto('/tasks');
    await page.evaluate(`(async () => {
      const headers = { 'content-type': 'application/json' };
      let made = 1;
      const make = async () => {
        while (made < ${MANY}) {
          const body = JSON.stringify({ title: 'Number ' + made++ });
          const answer = await fetch('/v1/tasks', { method: 'POST', headers, body });
          if (!answer.ok) throw new Error(await answer.text());
        }
      };
      await Promise.all(Array.from({ length: 6 }, make));
    })()`);
    for (const [path, rows] of [
      ['/tasks', 'main li[data-index]'],
      ['/tasks?view=table', 'main tr[data-index]'],
    ] as const) {
      await page.goto(path);
      await page.locator(rows).first().waitFor();
      const most = { rows: 0 };
      await expect
        .poll(
          async () => {
            most.rows = Math.max(most.rows, await page.locator(rows).count());
            await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
            return page.getByRole('link', { name: 'The oldest of all' }).isVisible();
          },
          { timeout: 20_000, interval: 30 },
        )
        .toBe(true);
      expect(await page.locator(rows).last().getAttribute('data-index'), path).toBe(`${MANY - 1}`);
      expect(most.rows, path).toBeLessThan(60);
    }
  });
});
