import { expect, test } from 'vitest';
import { browserSuite } from './browser.ts';
import { createTask, send, signUpQuickly } from './person.ts';

browserSuite('with one thumb', (stage) => {
  test('a review session needs no scrolling, and nothing stands over its grades', async () => {
    const page = await stage.open({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
    await signUpQuickly(page);
    for (const title of ['Krebs cycle', 'Bayes']) {
      const { id } = await createTask(page, { title, description: 'A long note. '.repeat(60) });
      const prompts = [{ question: 'What comes first, and why?', answer: 'It goes on and on. '.repeat(40) }];
      await send(page, 'POST', '/v1/reviews', { taskId: id, prompts });
    }
    await page.goto('/review');
    const nav = page.getByRole('navigation', { name: 'Main' });
    const top = (await nav.boundingBox())?.y ?? 0;
    for (const grade of ['Again', 'Hard', 'Good', 'Easy']) {
      await page.getByRole('button', { name: 'Show answer' }).tap();
      const button = page.getByRole('button', { name: new RegExp(`^${grade} next `) });
      const box = await button.boundingBox();
      if (!box) throw new Error(`no ${grade}`);
      expect(box.y + box.height, grade).toBeLessThanOrEqual(top);
      expect(Math.min(box.width, box.height), grade).toBeGreaterThanOrEqual(44);
      expect(await page.evaluate<number>('window.scrollY'), grade).toBe(0);
      // What is at its middle is the button itself.
      await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
      await page.getByText('1 of 2').waitFor();
      await page.getByRole('button', { name: 'Undo' }).tap();
      await page.getByText('0 of 2').waitFor();
    }
    await page.getByRole('button', { name: 'Suspend' }).tap();
    const toast = page.getByText(/is left out until you resume it/);
    await toast.waitFor();
    const [said, bar] = [await toast.boundingBox(), await page.locator('[data-action-bar]').boundingBox()];
    expect((said?.y ?? 0) + (said?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
  });

  test('a card is picked up by a short press, and a swipe over it scrolls', async () => {
    const page = await stage.open({ viewport: { width: 800, height: 900 }, hasTouch: true });
    await signUpQuickly(page);
    for (const title of ['First', 'Second']) await createTask(page, { title });
    await page.goto('/tasks?view=board');
    const card = page.getByRole('link', { name: 'First' });
    await card.waitFor();
    const from = await card.boundingBox();
    const to = await page.getByRole('region', { name: 'In progress' }).boundingBox();
    if (!from || !to) throw new Error('no board');
    const client = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
      client.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x, y }],
      });
    await touch('touchStart', from.x + 10, from.y + 8);
    await page.getByText(/^First is at place \d of To do.$/).waitFor({ state: 'attached' });
    for (let share = 1; share <= 10; share += 1)
      await touch('touchMove', from.x + ((to.x + 60 - from.x) * share) / 10, from.y + 8 + share);
    await page.getByText(/^First is at place \d of In progress.$/).waitFor({ state: 'attached' });
    await touch('touchEnd');
    await page.getByRole('region', { name: 'In progress' }).getByRole('link', { name: 'First' }).waitFor();
    expect(page.url()).toMatch(/view=board$/);
  });
});
