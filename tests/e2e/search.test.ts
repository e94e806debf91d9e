import { expect, test } from 'vitest';
import { browserSuite } from './browser.ts';
import { inspect } from './looks.ts';
import { createTask, send, signUpQuickly } from './person.ts';

browserSuite('the search', (stage) => {
  test('finds tasks, documents and comments, and leads to them', { timeout: 180_000 }, async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await createTask(page, { title: 'Revise <b>harbours</b>' });
    const { id } = await send<{ id: string }>(page, 'POST', '/v1/docs', {
      title: 'Geography',
      content: 'The oldest harbours of the north & west',
    });
    await send(page, 'POST', `/v1/docs/${id}/comments`, { content: 'Which harbours do you mean?' });
    await page.goto('/search?q=harbour');
    const results = page.getByRole('list', { name: 'What was found' });
    await results.getByRole('listitem').nth(2).waitFor();
    await results.getByText('Revise <b>harbours</b>').waitFor();
    await results.getByText('The oldest harbours of the north & west').waitFor();
    await inspect(page, 'search');
    await page.getByRole('radiogroup', { name: 'Show' }).getByText('Comments').click();
    await page.waitForURL('**/search?q=harbour&type=comment');
    await results.getByRole('listitem').nth(1).waitFor({ state: 'detached' });
    await results.getByRole('link').click();
    await page.waitForURL(`**/documents/${id}#comments`);
    await page.goBack();
    await page.getByLabel('Search tasks, documents and comments').fill('nothing like it');
    await page.getByText('Nothing found').waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('nothing like it');
  });
});
