import { expect, test } from 'vitest';
import { browserSuite } from './browser.ts';
import { createTask, send, signUpQuickly } from './person.ts';
import { dayIn } from './zone.ts';

interface Listed<T> {
  items: T[];
}

browserSuite('a morning with reviews, exams and the calendar', (stage) => {
  test('a task is put among the reviews, asked about, graded by keys, taken back and suspended', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const first = await createTask(page, { title: 'Krebs cycle' });
    const second = await createTask(page, { title: 'Bayes', description: 'Prior times likelihood' });
    await page.goto(`/tasks/${first.id}`);
    await page.getByRole('button', { name: 'Add to reviews' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add to reviews' });
    await dialog.getByRole('button', { name: 'Add a question' }).click();
    await dialog.getByLabel('Question 1', { exact: true }).fill('Where?');
    await dialog.getByLabel('Answer 1', { exact: true }).fill('In the mitochondria');
    await dialog.getByRole('button', { name: 'Add to reviews' }).click();
    await page.getByText('Due now').waitFor();
    await send(page, 'POST', '/v1/reviews', { taskId: second.id });

    await page.goto('/today');
    await page.getByRole('link', { name: 'Start review' }).click();
    await page.getByText('0 of 2').waitFor();
    expect(await page.getByText('In the mitochondria').count()).toBe(0);
    await page.keyboard.press('Space');
    await page.getByText('In the mitochondria').waitFor();
    await page.keyboard.press('4');
    await page.getByRole('heading', { name: 'Bayes' }).waitFor();
    await page.getByText('1 of 2').waitFor();
    await page.keyboard.press('u');
    await page.getByRole('heading', { name: 'Krebs cycle' }).waitFor();
    await page.getByRole('button', { name: 'Show answer' }).click();
    await page.getByRole('button', { name: /^Easy next / }).click();
    await page.getByRole('button', { name: 'Suspend' }).click();
    await page.getByRole('heading', { name: 'Done for today' }).waitFor();
    await page.getByText('1 review in 1 min, 100% remembered').waitFor();
    await page.getByText(/^Tomorrow|^Nothing comes tomorrow/).waitFor();

    // The page does not wait for what it saves.
    const reviews = async () => (await (await page.request.get('/v1/reviews')).json()).items;
    await expect.poll(reviews).toMatchObject([
      { state: 'new', suspendedAt: expect.any(String) },
      { state: 'review', reps: 1 },
    ]);
    const items = await reviews();
    const history = await (await page.request.get(`/v1/reviews/${items[1].id}/history`)).json();
    expect(history.items).toHaveLength(1);
    expect(history.items[0].durationMs).toBeGreaterThan(0);
  });

  test('a grade that cannot be saved brings its item back', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const { id } = await createTask(page, { title: 'Krebs cycle' });
    await send(page, 'POST', '/v1/reviews', { taskId: id });
    await page.goto('/review');
    await page.getByRole('heading', { name: 'Krebs cycle' }).waitFor();
    await page.route('**/grade', (route) => route.abort());
    await page.getByRole('button', { name: 'Show answer' }).click();
    await page.getByRole('button', { name: /^Good next / }).click();
    await page.getByText('“Krebs cycle” was not graded').waitFor();
    await page.getByRole('button', { name: 'Show answer' }).waitFor();
  });

  test('items are edited, left out and removed; limits and free time are kept', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const { id } = await createTask(page, { title: 'Krebs cycle' });
    await send(page, 'POST', '/v1/reviews', { taskId: id });
    await page.goto('/review/items');
    const menu = page.getByRole('button', { name: 'What to do with “Krebs cycle”' });
    await menu.click();
    await page.getByRole('menuitem', { name: 'Suspend' }).click();
    await page.getByText('Suspended', { exact: true }).first().waitFor();
    await menu.click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'Add a question' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Write the question, or remove it').waitFor();
    await page.getByLabel('Question 1', { exact: true }).fill('Where?');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('1 question').waitFor();
    await menu.click();
    await page.getByRole('menuitem', { name: 'Stop reviewing' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop reviewing' }).click();
    await page.getByText('Remember what you learn').waitFor();

    await page.goto('/review/limits');
    await page.getByLabel('New items a day').fill('7');
    await page.getByRole('form', { name: 'Daily limits' }).getByRole('button', { name: 'Save' }).click();
    await page.getByText('Limits saved').waitFor();
    expect(await (await page.request.get('/v1/reviews/settings')).json()).toMatchObject({ newPerDay: 7 });
    await page.getByLabel('Monday', { exact: true }).last().fill('45');
    const free = page.getByRole('form', { name: 'Free time on each weekday' });
    await free.getByRole('button', { name: 'Monday to Friday alike' }).click();
    await free.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Free time saved').waitFor();
    const budget = await (await page.request.get('/v1/tasks/budget')).json();
    expect(budget).toMatchObject({ monday: 45, friday: 45, sunday: null });
  });

  test('an exam is planned, renamed and deleted', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await send(page, 'PUT', '/v1/exams', { name: 'Finals', day: dayIn(9), category: 'Study' });
    await page.goto('/review/exams');
    await page.getByRole('button', { name: 'Edit “Finals”' }).click();
    await page.getByLabel('Name').fill('Biology');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('article', { name: 'Biology' }).waitFor();
    await page.getByRole('button', { name: 'Delete “Biology”' }).click();
    await page.getByRole('button', { name: 'Delete exam' }).last().click();
    await page.getByText('No exams yet').waitFor();
  });

  test('something is moved by keyboard, a series is asked about, and a refusal puts it back', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const once = await createTask(page, { title: 'Lab report', dueDay: dayIn(0) });
    await page.goto('/calendar?view=agenda');
    await page.getByRole('button', { name: /Lab report/ }).press('Enter');
    await page.getByRole('dialog').getByText('A time').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Move', exact: true }).click();
    await page.getByText(/“Lab report” moved to/).waitFor();
    expect((await (await page.request.get(`/v1/tasks/${once.id}`)).json()).dueDay).toBeNull();

    const recurrence = { rrule: 'FREQ=WEEKLY', anchor: 'due' as const };
    await createTask(page, { title: 'Water the plants', dueDay: dayIn(0), recurrence });
    await page.reload();
    await page
      .getByRole('button', { name: /Water the plants/ })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Move', exact: true }).click();
    const question = page.getByRole('dialog', { name: 'This one, or all to come?' });
    await page.route('**/v1/calendar/task/*', (route) => route.abort());
    await question.getByRole('button', { name: 'This and all to come' }).click();
    await page.getByText('“Water the plants” stays where it was').waitFor();
  });

  test('something is dragged to another day of the month', async () => {
    const page = await stage.open({ viewport: { width: 1280, height: 1200 } });
    await signUpQuickly(page);
    const month = dayIn(0).slice(0, 7);
    const { id } = await createTask(page, { title: 'Lab report', dueDay: `${month}-10` });
    await page.goto('/calendar?view=month');
    const event = page.locator('.cal-event').filter({ hasText: 'Lab report' });
    await event.waitFor();
    const box = await event.boundingBox();
    const target = await page.locator(`[data-date="${month}-12"]`).first().boundingBox();
    if (!box || !target) throw new Error('the grid is not there');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    const place = { x: target.x + target.width / 2, y: target.y + target.height / 2 };
    await page.mouse.move(place.x, place.y, { steps: 12 });
    await page.mouse.up();
    await page.getByText(/“Lab report” moved to/).waitFor();
    expect((await (await page.request.get(`/v1/tasks/${id}`)).json()).dueDay).toBe(`${month}-12`);
  });

  test('the secret address of the calendar is made, read and ended', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await page.goto('/calendar');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByRole('button', { name: 'Create the address' }).click();
    const url = await page.getByLabel('Secret address').inputValue();
    expect(await (await page.request.get(url)).text()).toContain('BEGIN:VCALENDAR');
    await page.getByRole('button', { name: 'End it' }).click();
    await page
      .getByRole('dialog', { name: 'End the address?' })
      .getByRole('button', { name: 'End it' })
      .click();
    await page.getByRole('button', { name: 'Create the address' }).waitFor();
    expect((await page.request.get(url)).status()).toBe(404);
  });

  test('the numbers can be read as a table', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const { id } = await createTask(page, { title: 'Buy a notebook', category: 'Personal' });
    await send(page, 'POST', `/v1/tasks/${id}/complete`, undefined);
    await page.goto('/analytics');
    const daily = page.getByRole('region', { name: 'Last 7 days' });
    await daily.getByRole('button', { name: 'Show as table' }).click();
    const today = daily.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'today' }) });
    expect(await today.getByRole('cell').allTextContents()).toEqual(['1', '0']);
    const { items } = (await (await page.request.get('/v1/tasks')).json()) as Listed<unknown>;
    expect(items).toHaveLength(1);
  });
});
