import type { Page } from 'playwright-core';
import { test } from 'vitest';
import { waitFor } from '../harness/wait.ts';
import { browserSuite } from './browser.ts';
import { createTask, send, signUpQuickly } from './person.ts';

const STREAM = '**/v1/notifications/stream';

/** Holds the stream of a tab back until it is let through. */
async function holdStream(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(STREAM, async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

/** Waits for what is told of in the background. */
function unreadAt(page: Page, count: number): Promise<unknown> {
  const isThere = async () => {
    const answer = await page.request.get('/v1/notifications/unread-count');
    return (await answer.json()).count === count;
  };
  return waitFor(isThere, 20_000, `${count} unread notifications`);
}

const bell = (page: Page, count: number) =>
  page.getByRole('button', { name: new RegExp(`${count} unread`) }).waitFor();

browserSuite('two tabs', (stage) => {
  test('what is changed in one is seen in the other, and the bell of both counts', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    // The welcome counts too.
    const first = await createTask(page, { title: 'Revise graphs' });
    const second = await createTask(page, { title: 'Call Ada' });
    await page.goto('/tasks');
    const other = await page.context().newPage();
    await other.goto('/tasks');
    // What is behind another tab may not be drawn, and what is not drawn cannot be clicked.
    await other.bringToFront();
    await other.getByRole('link', { name: 'Call Ada' }).click();
    const drawer = other.getByRole('dialog');
    await drawer.getByLabel('Title').fill('Call Ada Byron');
    await drawer.getByRole('button', { name: 'Save' }).click();
    await page.bringToFront();
    await page.getByRole('link', { name: 'Call Ada Byron' }).waitFor();
    await other.bringToFront();
    await other.keyboard.press('Escape');

    await send(page, 'POST', `/v1/tasks/${first.id}/complete`, undefined);
    await Promise.all([bell(page, 2), bell(other, 2)]);
    // The first one opened has the stream.
    await page.close();
    await send(other, 'POST', `/v1/tasks/${second.id}/complete`, undefined);
    await bell(other, 3);
  });

  test('what comes before the stream is open is not missed, in the first tab nor by who takes over', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const tasks = await Promise.all(['One', 'Two'].map((title) => createTask(page, { title })));
    await unreadAt(page, 1);
    const complete = async (tab: Page, index: number) => {
      await send(tab, 'POST', `/v1/tasks/${tasks[index]?.id}/complete`, undefined);
      await unreadAt(tab, index + 2);
    };
    const letFirst = await holdStream(page);
    await page.goto('/tasks');
    await bell(page, 1);
    await complete(page, 0);
    letFirst();
    await bell(page, 2);

    const other = await page.context().newPage();
    const letOther = await holdStream(other);
    await other.goto('/tasks');
    await bell(other, 2);
    const asked = other.waitForRequest(STREAM);
    await page.close();
    await asked;
    await complete(other, 1);
    letOther();
    await bell(other, 3);
  });

  test('after a while without a network both catch up', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const device = await stage.open({ storageState: await page.context().storageState() });
    const { id } = await createTask(page, { title: 'Revise graphs' });
    await page.goto('/tasks');
    const other = await page.context().newPage();
    await other.goto('/tasks');
    await Promise.all([page, other].map((tab) => tab.getByRole('link', { name: 'Revise graphs' }).waitFor()));
    await page.context().setOffline(true);
    await send(device, 'POST', `/v1/tasks/${id}/complete`, undefined);
    await page.context().setOffline(false);
    await Promise.all(
      [page, other].map(async (tab) => {
        await bell(tab, 2);
        await tab.getByText('Nothing left to do').waitFor();
      }),
    );
  });
});
