import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { waitFor } from '../harness/wait.ts';
import { browserSuite } from './browser.ts';
import { sidewaysScroll } from './looks.ts';
import { createTask, send, signUpQuickly } from './person.ts';
import { quiet } from './quiet.ts';

const SLOW = { timeout: 240_000 };
const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
const TEXT_NODES = 4;
/** Of half a letter nobody is robbed by rounding. */
const ROUNDING_PX = 2;

/** Twice what a browser comes with, as by its setting for the size of text. */
const TWICE = `document.addEventListener('DOMContentLoaded', () => {
  document.documentElement.style.fontSize = '32px';
})`;

/** The phone last, where what comes next opens as it does there. */
const SCREENS = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
];
const OUTSIDE = ['/', '/sign-in', '/sign-up', '/forgot-password'];
const INSIDE = [
  '/today',
  ...['list', 'board', 'table'].map((view) => `/tasks?view=${view}`),
  ...['month', 'week', 'agenda'].map((view) => `/calendar?view=${view}`),
  ...['', '/items', '/exams', '/limits'].map((path) => `/review${path}`),
  '/analytics',
  '/notifications',
  ...['', '/notifications', '/security', '/account', '/business'].map((path) => `/settings${path}`),
  ...['users', 'audit', 'jobs', 'stats'].map((path) => `/admin/${path}`),
  '/nowhere',
];

/** The words of buttons, tabs and choices that a box around them cuts off. What scrolls shows them all. */
function clippedWords(page: Page): Promise<string[]> {
  return page.locator('html').evaluate(
    (root, { textNodes, rounding }) => {
      const document = root.ownerDocument;
      const found = new Set<string>();
      const isCutOff = (text: NonNullable<typeof root.firstChild>) => {
        const range = document.createRange();
        range.selectNodeContents(text);
        const words = range.getBoundingClientRect();
        for (let box = text.parentElement; box && box !== document.body; box = box.parentElement) {
          const { overflowX = '', overflowY = '' } = document.defaultView?.getComputedStyle(box) ?? {};
          const edge = box.getBoundingClientRect();
          // What only screen readers get is a box of a pixel or two; what scrolls shows the rest.
          if (edge.width <= rounding || /auto|scroll/.test(overflowX)) return false;
          const isBeside = words.left < edge.left - rounding || words.right > edge.right + rounding;
          const isBelow = words.top < edge.top - rounding * 2 || words.bottom > edge.bottom + rounding * 2;
          if ((overflowX !== 'visible' && isBeside) || (overflowY !== 'visible' && isBelow)) return true;
        }
        return false;
      };
      for (const control of document.querySelectorAll(
        'button, label, [role="tab"], a[class*="Button"], nav a',
      )) {
        if (!control.checkVisibility({ visibilityProperty: true })) continue;
        const walker = document.createTreeWalker(control, textNodes);
        while (walker.nextNode()) {
          const words = walker.currentNode.nodeValue?.trim();
          if (words && isCutOff(walker.currentNode)) found.add(words);
        }
      }
      return [...found];
    },
    { textNodes: TEXT_NODES, rounding: ROUNDING_PX },
  );
}

/** What is wrong with the page as it is now, on each screen. */
async function flaws(page: Page, where: string): Promise<string[]> {
  await quiet(page);
  const found: string[] = [];
  for (const screen of SCREENS) {
    await page.setViewportSize(screen);
    // Charts and menus learn of a new size after it is there.
    await waitFor(async () => (await sidewaysScroll(page)) <= 0, 2_000).catch(() => null);
    const sideways = await sidewaysScroll(page);
    if (sideways > 0) found.push(`${where} scrolls sideways by ${sideways} of ${screen.width} px`);
    for (const words of await clippedWords(page))
      found.push(`${where} cuts off "${words}" at ${screen.width} px`);
  }
  return found;
}

async function visit(page: Page, path: string): Promise<string[]> {
  await page.goto(path);
  await page.locator('h1').first().waitFor();
  return flaws(page, path);
}

browserSuite('with text of twice the size', (stage) => {
  test('nothing is cut off and no page scrolls sideways, on a phone and on a desk', SLOW, async () => {
    const page = await stage.open({ viewport: { width: 360, height: 740 } });
    await page.addInitScript(TWICE);
    const found: string[] = [];
    for (const path of OUTSIDE) found.push(...(await visit(page, path)));
    await signUpQuickly(page);
    const title = 'Revise graphs for the examination';
    const task = { title, category: 'Mathematics', labels: ['graphs'], estimateMinutes: 90 };
    const { id } = await createTask(page, { ...task, dueDate: inDays(0.1), priority: 'high' });
    await createTask(page, { title: 'Call the plumber', dueDay: inDays(-2).slice(0, 10) });
    await send(page, 'POST', '/v1/reminders', { taskId: id, scheduledAt: inDays(0.05) });
    const prompts = [{ question: 'What is a tree?', answer: 'A graph without cycles' }];
    await send(page, 'POST', '/v1/reviews', { taskId: id, prompts });
    await send(page, 'PUT', '/v1/exams', {
      name: 'Algebra',
      day: inDays(12).slice(0, 10),
      category: 'Maths',
    });

    for (const path of [...INSIDE, `/tasks?task=${id}`]) found.push(...(await visit(page, path)));
    const place = page.getByRole('navigation').getByText('Today', { exact: true }).filter({ visible: true });
    const size = await place.evaluate(
      (label) => label.ownerDocument.defaultView?.getComputedStyle(label).fontSize,
    );
    expect(size).toBe('24px');
    await page.goto('/review');
    await page.getByRole('button', { name: 'Show answer' }).click();
    await page.getByRole('button', { name: /^Good next / }).waitFor();
    found.push(...(await flaws(page, 'the answer')));
    await page.goto('/review/exams');
    await page.getByRole('button', { name: 'Add an exam' }).first().click();
    await page.getByRole('dialog', { name: 'Add an exam' }).waitFor();
    found.push(...(await flaws(page, 'the dialog of an exam')));
    expect(found).toEqual([]);
  });
});
