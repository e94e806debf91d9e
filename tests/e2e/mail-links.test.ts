import { expect, test } from 'vitest';
import { browserSuite } from './browser.ts';
import { signUpQuickly } from './person.ts';

browserSuite('links in messages', (stage) => {
  test('each leads to a page that is there', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const messages = await (await page.request.get('/dev/mailbox/templates')).text();
    const links = messages.matchAll(/http:\/\/127\.0\.0\.1:\d+(\/[\w/?=.-]+)/g);
    // What the server answers itself is no page of the app; a task that is gone has a page that says so.
    const isPage = (path: string) => !path.startsWith('/v1/') && !path.startsWith('/tasks/');
    const paths = [...new Set([...links].map(([, path]) => path as string))].filter(isPage);
    expect(paths).toContain('/today');
    const missing: string[] = [];
    for (const path of paths) {
      await page.goto(path);
      await page.locator('.first-paint').waitFor({ state: 'detached' });
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      if (await page.getByText('There is nothing at this address').isVisible()) missing.push(path);
    }
    expect(missing).toEqual([]);
  });
});
