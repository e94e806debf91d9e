import type { Page } from 'playwright-core';
import { test } from 'vitest';
import { browserSuite } from './browser.ts';
import { inspect } from './looks.ts';
import { createTask, send, signUpQuickly } from './person.ts';
import { dayIn, inDays } from './zone.ts';

const SLOW = { timeout: 240_000 };

/** A person in the middle of things: every kind on the calendar, reviews due and done, an exam, a full day. */
async function fill(page: Page): Promise<void> {
  const titles = [
    'Krebs cycle',
    'Dijkstra by hand',
    'Irregular verbs: ser, ir, haber',
    'Bayes in one sentence',
  ];
  for (const [index, title] of titles.entries()) {
    const task = await createTask(page, {
      title,
      category: 'Study',
      description: 'Two turns for each glucose.',
    });
    const prompts = index === 0 ? [{ question: 'Where does it happen?', answer: 'In the mitochondria' }] : [];
    const review = await send<{ id: string }>(page, 'POST', '/v1/reviews', { taskId: task.id, prompts });
    if (index === 3) {
      await send(page, 'POST', `/v1/reviews/${review.id}/grade`, { grade: 'easy', durationMs: 9_000 });
    }
  }
  await createTask(page, {
    title: 'Write the lab report',
    dueDay: dayIn(0),
    estimateMinutes: 90,
    category: 'Work',
  });
  await createTask(page, { title: 'Call the dentist', dueDate: inDays(1), priority: 'high' });
  await createTask(page, {
    title: 'Water the plants',
    dueDate: inDays(2),
    recurrence: { rrule: 'FREQ=WEEKLY', anchor: 'due' },
  });
  const done = await createTask(page, { title: 'Buy a notebook', category: 'Personal' });
  await send(page, 'POST', `/v1/tasks/${done.id}/complete`, undefined);
  await send(page, 'PUT', '/v1/exams', { name: 'Biology finals', day: dayIn(12), category: 'Study' });
  const all = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  await send(page, 'PUT', '/v1/tasks/budget', Object.fromEntries(all.map((day) => [day, 60])));
}

browserSuite('calendar, reviews and numbers, in both themes, on a phone and on a desk', (stage) => {
  test('empty', SLOW, async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    for (const [path, text] of [
      ['/calendar?view=agenda', 'An empty stretch'],
      ['/review', 'Remember what you learn'],
      ['/review/items', 'Remember what you learn'],
      ['/review/exams', 'No exams yet'],
      ['/review/limits', 'Easy days'],
      ['/analytics', 'Your numbers start with the first thing done'],
    ] as const) {
      await page.goto(path);
      await page.getByText(text, { exact: true }).waitFor();
      await inspect(page, `empty${path.replace(/\?.*/, '').replaceAll('/', '-')}`);
    }
  });

  test('filled', SLOW, async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await fill(page);
    await page.goto('/today');
    await page.getByRole('link', { name: 'Start review' }).waitFor();
    await inspect(page, 'today');
    for (const [path, text] of [
      ['/calendar?view=month', 'Call the dentist'],
      ['/calendar?view=week', 'Write the lab report'],
      ['/calendar?view=agenda', 'Write the lab report'],
      ['/review', 'Krebs cycle'],
      ['/review/items', 'Bayes in one sentence'],
      ['/review/exams', 'Biology finals'],
      ['/analytics', 'Last 7 days'],
    ] as const) {
      await page.goto(path);
      await page.getByText(text).first().waitFor();
      await inspect(page, path.slice(1).replaceAll(/[/?=]/g, '-'));
    }
    await page.goto('/review');
    await page.getByRole('button', { name: 'Show answer' }).click();
    await page.getByText('In the mitochondria').waitFor();
    await inspect(page, 'review-answer');
  });

  test('dialogs', SLOW, async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await fill(page);
    await page.goto('/today');
    await page.getByRole('button', { name: 'Change free time' }).click();
    await page.getByLabel('Monday', { exact: true }).waitFor();
    await inspect(page, 'dialog-free-time');
    await page.goto('/review/items');
    await page.getByRole('button', { name: 'Add an item' }).click();
    await page.getByRole('button', { name: 'Add a question' }).click();
    await page.getByLabel('Question 1', { exact: true }).waitFor();
    await inspect(page, 'dialog-add-review');
    await page.goto('/review/exams');
    await page.getByRole('button', { name: 'Edit “Biology finals”' }).click();
    await page.getByRole('dialog').getByLabel('Name').waitFor();
    await inspect(page, 'dialog-exam');
    await page.goto('/calendar?view=agenda');
    await page.getByRole('button', { name: /Write the lab report/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Move', exact: true }).waitFor();
    await inspect(page, 'dialog-move');
    await page.goto('/calendar');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByRole('button', { name: 'Create the address' }).click();
    await page.getByLabel('Secret address').waitFor();
    await inspect(page, 'dialog-feed');
  });
});
