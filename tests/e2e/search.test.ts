import { expect, test } from 'vitest';
import { browserSuite } from './browser.ts';
import { inspect } from './looks.ts';
import { createTask, send, signUpQuickly } from './person.ts';

browserSuite('the search', (stage) => {
  test('finds tasks, documents and comments, in the palette and on a page', {
    timeout: 180_000,
  }, async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await createTask(page, { title: 'Revise <b>harbours</b>' });
    const { id } = await send<{ id: string }>(page, 'POST', '/v1/docs', {
      title: 'Geography',
      content: 'The oldest harbours of the north & west',
    });
    await send(page, 'POST', `/v1/docs/${id}/comments`, { content: 'Which harbours do you mean?' });
    await page.goto('/today');
    await page.getByRole('heading', { level: 1, name: 'Good' }).waitFor();
    await page.keyboard.press('Control+k');
    const field = page.getByPlaceholder('Search everything, add a task, go anywhere');
    await field.fill('harbour');
    const found = page.getByRole('dialog').getByRole('button');
    const document = found.filter({ hasText: 'The oldest harbours of the north & west' });
    await document.waitFor();
    await found.filter({ hasText: 'Revise <b>harbours</b>' }).waitFor();
    expect(await document.locator('mark').allTextContents()).toContain('harbours');
    await inspect(page, 'palette-found');
    await page.setViewportSize({ width: 1280, height: 800 });
    await found.filter({ hasText: 'All results for “harbour”' }).click();
    await page.waitForURL('**/search?q=harbour');

    const results = page.getByRole('list', { name: 'What was found' });
    await results.getByRole('listitem').nth(2).waitFor();
    await inspect(page, 'search');
    await page.getByRole('radiogroup', { name: 'Show' }).getByText('Comments').click();
    await page.waitForURL('**/search?q=harbour&type=comment');
    // What was shown before stays until the answer has come.
    await results.getByRole('listitem').nth(1).waitFor({ state: 'detached' });
    await results.getByText('Which harbours do you mean?').waitFor();
    await results.getByRole('link').click();
    await page.waitForURL(`**/documents/${id}#comments`);
    await page.goBack();
    await page.getByLabel('Search tasks, documents and comments').fill('nothing like it');
    await page.getByText('Nothing found').waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('nothing like it');
  });
});
