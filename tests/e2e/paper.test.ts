import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserSuite } from './browser.ts';
import { createTask, send, signUpQuickly } from './person.ts';
import { dayIn } from './zone.ts';

const COUNT = 60;
/** As many tasks are loaded at a time. */
const PAGE = 100;

/** Buttons, fields and the frame of the app: nobody presses them on paper. */
const TOOLS = ['navigation', 'banner', 'button', 'textbox', 'radio', 'tab'] as const;

async function tools(page: Page): Promise<string[]> {
  const counts = await Promise.all(
    TOOLS.map((role) => page.getByRole(role).filter({ visible: true }).count()),
  );
  return TOOLS.filter((_, index) => (counts[index] ?? 0) > 0);
}

/** Whether no row stands over the one before it. */
function isInOrder(page: Page, rows: string): Promise<boolean> {
  return page.locator(rows).evaluateAll((all) =>
    all.every((row, index) => {
      const above = all[index - 1]?.getBoundingClientRect();
      return above === undefined || row.getBoundingClientRect().top >= above.bottom - 1;
    }),
  );
}

browserSuite('on paper', (stage) => {
  test('long lists have all their rows, and nothing that can only be pressed', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    for (let number = 1; number <= COUNT; number += 1)
      await createTask(page, { title: `Number ${number}`, dueDay: dayIn(number % 20) });

    for (const [view, rows] of [
      ['list', 'ul[aria-label="Tasks"] > li'],
      ['table', 'tbody tr:not([aria-hidden])'],
    ] as const) {
      await page.emulateMedia({ media: 'screen' });
      await page.goto(`/tasks?view=${view}`);
      await page
        .getByRole('link', { name: /^Number/ })
        .first()
        .waitFor();
      const titles = page.getByRole('link', { name: /^Number \d+$/ });
      expect(await titles.count(), view).toBeLessThan(COUNT);
      await page.emulateMedia({ media: 'print' });
      await titles.nth(COUNT - 1).waitFor();
      expect(await titles.count(), view).toBe(COUNT);
      expect(await isInOrder(page, rows), view).toBe(true);
      // What sorts a table is the name of its column.
      const left = (await tools(page)).filter((role) => view !== 'table' || role !== 'button');
      expect(left, view).toEqual([]);
      await page.emulateMedia({ media: 'screen' });
      await titles.nth(COUNT - 1).waitFor({ state: 'detached' });
    }
  });

  test('the printer of the browser gets them too', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    for (let number = 1; number <= COUNT; number += 1) await createTask(page, { title: `Number ${number}` });
    await page.goto('/tasks');
    await page
      .getByRole('link', { name: /^Number/ })
      .first()
      .waitFor();
    await page.evaluate(`window.addEventListener('beforeprint', () => {
      window.printed = document.querySelectorAll('[data-task]').length;
    })`);
    const paper = await page.pdf({ format: 'A4' });
    expect(await page.evaluate('window.printed')).toBe(COUNT);
    expect(paper.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1);
  });

  test('a list that goes on beyond what was loaded says so, until it is all there', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const numbers = Array.from({ length: PAGE + COUNT }, (_, index) => index + 1);
    await Promise.all(numbers.map((number) => createTask(page, { title: `Number ${number}` })));
    for (const view of ['list', 'table']) {
      await page.emulateMedia({ media: 'screen' });
      await page.goto(`/tasks?view=${view}`);
      const titles = page.getByRole('link', { name: /^Number \d+$/ });
      await titles.first().waitFor();
      const note = page.getByText(`These are the first ${PAGE} tasks`);
      expect(await note.isVisible(), view).toBe(false);
      await page.emulateMedia({ media: 'print' });
      await note.waitFor();
      await page.emulateMedia({ media: 'screen' });
      await expect
        .poll(async () => {
          await page.keyboard.press('End');
          return note.count();
        })
        .toBe(0);
      await page.emulateMedia({ media: 'print' });
      await titles.nth(PAGE + COUNT - 1).waitFor();
    }
  });

  test('Today and the agenda are read as lists', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await createTask(page, { title: 'Revise graphs', dueDay: dayIn(0), estimateMinutes: 30 });
    await send(page, 'PUT', '/v1/exams', { name: 'Algebra', day: dayIn(3), category: 'Maths' });
    await page.goto('/today');
    await page.getByRole('link', { name: 'Revise graphs' }).waitFor();
    await page.emulateMedia({ media: 'print' });
    await expect.poll(() => tools(page)).toEqual([]);
    expect(await page.getByRole('link', { name: 'Revise graphs' }).isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    await page.goto('/calendar?view=agenda');
    await page.getByText('Algebra').waitFor();
    await page.emulateMedia({ media: 'print' });
    // What is on a day can be opened, and is read all the same.
    await expect.poll(async () => (await tools(page)).filter((role) => role !== 'button')).toEqual([]);
    expect(await page.getByRole('button', { name: 'Subscribe' }).count()).toBe(0);
    expect(await page.getByText('Algebra').isVisible()).toBe(true);
  });
});
