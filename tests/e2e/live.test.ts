import { test } from 'vitest';
import { browserSuite } from './browser.ts';
import { createTask, send, signUpQuickly } from './person.ts';

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
    await other.getByRole('link', { name: 'Call Ada' }).click();
    const drawer = other.getByRole('dialog');
    await drawer.getByLabel('Title').fill('Call Ada Byron');
    await drawer.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Call Ada Byron' }).waitFor();
    await other.keyboard.press('Escape');

    await send(page, 'POST', `/v1/tasks/${first.id}/complete`, undefined);
    await Promise.all([page, other].map((tab) => tab.getByRole('button', { name: /2 unread/ }).waitFor()));
    // The first one opened has the stream.
    await page.close();
    await send(other, 'POST', `/v1/tasks/${second.id}/complete`, undefined);
    await other.getByRole('button', { name: /3 unread/ }).waitFor();
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
        await tab.getByRole('button', { name: /2 unread/ }).waitFor();
        await tab.getByText('Nothing left to do').waitFor();
      }),
    );
  });
});
