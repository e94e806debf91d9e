import type { Notification, Task } from '@spacedly/contracts';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserSuite } from './browser.ts';
import { createTask, PASSWORD, send, signUpQuickly } from './person.ts';
import { dayIn } from './zone.ts';

const listed = async (page: Page, query = ''): Promise<Task[]> =>
  (await (await page.request.get(`/v1/tasks?limit=100${query}`)).json()).items;

const isChecked = (box: Locator, wanted: boolean) => expect.poll(() => box.isChecked()).toBe(wanted);

async function signInAgain(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Fails what is sent to these paths until `end`. */
async function cut(page: Page, path: string): Promise<() => Promise<void>> {
  await page.route(path, (route) => (route.request().method() === 'GET' ? route.continue() : route.abort()));
  return () => page.unroute(path);
}

/** Holds what is sent until `let go`, and counts it. */
async function hold(page: Page, path: string) {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const sent: string[] = [];
  await page.route(path, async (route) => {
    if (route.request().method() === 'GET') return route.continue();
    sent.push(route.request().url());
    await gate;
    await route.continue();
  });
  return { sent, letGo };
}

browserSuite('when something goes wrong', (stage) => {
  test('a change shown at once goes back when it fails, and it is said', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const { id } = await createTask(page, { title: 'Revise graphs', dueDay: dayIn(0) });
    await createTask(page, { title: 'Call Ada' });
    const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
    await send(page, 'POST', '/v1/reminders', { taskId: id, scheduledAt });
    const end = await cut(page, '**/v1/**');

    await page.goto('/tasks');
    const tick = page.getByRole('checkbox', { name: 'Complete “Revise graphs”' });
    await tick.click();
    await page.getByText('“Revise graphs” was not changed').waitFor();
    await isChecked(tick, false);

    await page.getByRole('button', { name: 'Select', exact: true }).click();
    await page.getByLabel('Select “Revise graphs”').click();
    await page.getByLabel('Select “Call Ada”').click();
    const bar = page.getByRole('toolbar', { name: 'Selected tasks' });
    await bar.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('The tasks were not changed').waitFor();
    await page.getByRole('link', { name: 'Call Ada' }).waitFor();
    await bar.getByRole('button', { name: 'Change' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change 2 tasks' });
    await dialog.getByLabel('Category').fill('Chemistry');
    await page.keyboard.press('Tab');
    await dialog.getByRole('button', { name: 'Change' }).click();
    await dialog.getByRole('alert').getByText('The tasks were not changed').waitFor();
    expect(await dialog.getByLabel('Category').inputValue()).toBe('Chemistry');
    await end();
    await dialog.getByRole('button', { name: 'Change' }).click();
    await page.getByText('Changed 2 tasks').waitFor();
    expect((await listed(page)).map(({ category }) => category)).toEqual(['Chemistry', 'Chemistry']);

    const again = await cut(page, '**/v1/**');
    await page.goto('/tasks?view=board');
    await page.getByRole('button', { name: 'Move “Call Ada”', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Move to In progress' }).click();
    await page.getByText('“Call Ada” was not moved').waitFor();
    await page.getByRole('region', { name: 'To do' }).getByRole('link', { name: 'Call Ada' }).waitFor();

    await page.getByRole('link', { name: 'Revise graphs' }).click();
    await page.getByRole('button', { name: /^Snooze/ }).click();
    await page.getByText('The reminder was not changed').waitFor();
    await again();
  });

  test('a notification that could not be marked as read is unread again', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const { id } = await createTask(page, { title: 'Revise graphs' });
    await send(page, 'POST', `/v1/tasks/${id}/complete`, undefined);
    await page.goto('/notifications');
    const unread = page.getByRole('button', { name: /^Mark as read/ });
    await unread.first().waitFor();
    const count = await unread.count();
    await page.route('**/v1/notifications**', (route) => route.abort());
    await unread.first().click();
    await page.getByText(/was not changed|were not changed/).waitFor();
    await expect.poll(() => unread.count()).toBe(count);
    await page
      .getByRole('button', { name: new RegExp(`${count}`) })
      .first()
      .waitFor();
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await expect.poll(() => unread.count()).toBe(0);
    const { items } = (await (await page.request.get('/v1/notifications')).json()) as {
      items: Notification[];
    };
    expect(items.every(({ readAt }) => readAt !== null)).toBe(true);
  });

  test('what was typed stays when the session ends or the network goes, in every form', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const task = await createTask(page, { title: 'Revise graphs', description: 'Before' });
    const end = () => page.context().clearCookies();

    await page.goto('/tasks');
    await page.getByLabel('New task').fill('A thought that must not get lost');
    await page.context().setOffline(true);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('The task was not added').waitFor();
    expect(await page.getByLabel('New task').inputValue()).toBe('A thought that must not get lost');
    await page.context().setOffline(false);
    await end();
    await page.getByLabel('New task').press('Enter');
    await signInAgain(page);
    await page.getByText('Added “A thought that must not get lost”').waitFor();

    await page.getByRole('link', { name: 'Revise graphs' }).click();
    const drawer = page.getByRole('dialog', { name: 'Revise graphs' });
    await drawer.getByText('Write', { exact: true }).click();
    await drawer.getByRole('textbox', { name: 'Notes' }).fill('A long thought');
    await page.context().setOffline(true);
    await drawer.getByRole('button', { name: 'Save' }).click();
    await drawer.getByRole('alert').getByText('The task was not saved').waitFor();
    expect(await drawer.getByRole('textbox', { name: 'Notes' }).inputValue()).toBe('A long thought');
    await page.context().setOffline(false);
    await end();
    await drawer.getByRole('button', { name: 'Save' }).click();
    await signInAgain(page);
    await page.getByText('Saved', { exact: true }).waitFor();
    expect((await (await page.request.get(`/v1/tasks/${task.id}`)).json()).description).toBe(
      'A long thought',
    );

    await drawer.getByRole('button', { name: 'Add reminder' }).click();
    await drawer.getByLabel(/^Message/).fill('Bring the calculator');
    const addReminder = drawer
      .getByRole('form', { name: 'Add reminder' })
      .getByRole('button', { name: 'Add reminder' });
    await page.context().setOffline(true);
    await addReminder.click();
    await drawer.getByRole('alert').waitFor();
    await page.context().setOffline(false);
    await end();
    await addReminder.click();
    await signInAgain(page);
    await drawer.getByText(/Bring the calculator/).waitFor();

    await drawer.getByRole('button', { name: 'Add to reviews' }).click();
    const review = page.getByRole('dialog', { name: 'Add to reviews' });
    await review.getByRole('button', { name: 'Add a question' }).click();
    await review.getByLabel('Question 1', { exact: true }).fill('What is a tree?');
    await page.context().setOffline(true);
    await review.getByRole('button', { name: 'Add to reviews' }).click();
    await review.getByRole('alert').waitFor();
    await page.context().setOffline(false);
    await end();
    await review.getByRole('button', { name: 'Add to reviews' }).click();
    await signInAgain(page);
    await review.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });

    await page.goto('/settings');
    const name = page.getByLabel('Name', { exact: true });
    await name.fill('Ada Byron');
    const save = page.getByRole('button', { name: 'Save' }).first();
    await page.context().setOffline(true);
    await save.click();
    await page.getByRole('alert').waitFor();
    expect(await name.inputValue()).toBe('Ada Byron');
    await page.context().setOffline(false);
    await end();
    await save.click();
    await signInAgain(page);
    await expect
      .poll(async () => (await (await page.request.get('/v1/users/me')).json()).name)
      .toBe('Ada Byron');
  });

  test('a sign-up keeps what was typed when the network goes', async () => {
    const page = await stage.open();
    await page.goto('/sign-up');
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel(/^E-mail/).fill('ada@example.com');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Ada');
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe(PASSWORD);
  });

  test('pressed twice, a button does its work once', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const { id } = await createTask(page, { title: 'Revise graphs' });
    await page.goto('/tasks');
    const tasks = await hold(page, '**/v1/tasks/quick');
    await page.getByLabel('New task').fill('Buy milk');
    await page.getByRole('button', { name: 'Add task' }).dblclick();
    await page.getByLabel('New task').press('Enter');
    tasks.letGo();
    await page.getByText('Added “Buy milk”').waitFor();
    await expect.poll(async () => (await listed(page)).length).toBe(2);
    await page.getByLabel('New task').fill('Buy bread');
    await page.getByLabel('New task').press('Enter');
    await page.getByLabel('New task').press('Enter');
    await page.getByText('Added “Buy bread”').waitFor();
    await expect.poll(async () => (await listed(page)).length).toBe(3);

    await page.goto(`/tasks?task=${id}`);
    const drawer = page.getByRole('dialog', { name: 'Revise graphs' });
    await drawer.getByLabel('Add a subtask').fill('Read');
    await drawer.getByRole('button', { name: 'Add', exact: true }).dblclick();
    await drawer.getByRole('link', { name: 'Read' }).waitFor();
    await drawer.getByRole('button', { name: 'Add reminder' }).dblclick();
    await drawer
      .getByRole('form', { name: 'Add reminder' })
      .getByRole('button', { name: 'Add reminder' })
      .dblclick();
    await page.getByText('Reminder added').waitFor();
    const { reminders } = await (await page.request.get(`/v1/tasks/${id}`)).json();
    expect(reminders).toHaveLength(1);
    expect(await listed(page, `&parentId=${id}`)).toHaveLength(1);
  });

  test('ten tasks ticked as fast as one can are done, and each can be taken back', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    for (let number = 10; number >= 1; number -= 1) await createTask(page, { title: `Number ${number}` });
    await page.goto('/tasks');
    await page.getByRole('checkbox', { name: 'Complete “Number 1”' }).focus();
    for (let number = 1; number <= 10; number += 1) {
      await page.keyboard.press('Space');
      await page.keyboard.press('j');
    }
    await expect.poll(async () => (await listed(page, '&completed=0')).length).toBe(0);
    await page.getByText('Nothing left to do').waitFor();
    for (let number = 1; number <= 10; number += 1) await page.keyboard.press('Control+z');
    await expect.poll(async () => (await listed(page, '&completed=0')).length).toBe(10);
  });

  test('one press grades one item, however fast', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    for (const title of ['One', 'Two', 'Three']) {
      const { id } = await createTask(page, { title });
      await send(page, 'POST', '/v1/reviews', { taskId: id });
    }
    await page.goto('/review');
    await page.getByText('0 of 3').waitFor();
    const grades = await hold(page, '**/grade');
    await page.keyboard.press('Space');
    for (let times = 0; times < 4; times += 1) await page.keyboard.press('3');
    await page.getByText('1 of 3').waitFor();
    await page.getByRole('button', { name: 'Show answer' }).dblclick();
    await page.getByRole('button', { name: /^Good next / }).waitFor();
    expect(await page.getByText('1 of 3').isVisible()).toBe(true);
    await page.getByRole('button', { name: /^Good next / }).dblclick();
    await page.getByText('2 of 3').waitFor();
    await page.getByRole('button', { name: 'Show answer' }).waitFor();
    grades.letGo();
    await expect.poll(() => grades.sent.length).toBe(2);
  });
});
