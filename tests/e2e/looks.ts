import axe, { type Result } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Both sizes and both themes; what differs between them hardly ever lies in the other two pairs. */
export const LOOKS = [
  { name: 'phone-light', width: 360, height: 740, colorScheme: 'light' },
  { name: 'desk-dark', width: 1280, height: 800, colorScheme: 'dark' },
] as const;

/** Of what is in order axe says no more than it must, which takes half the time. */
const OPTIONS = JSON.stringify({ runOnly: STANDARDS, resultTypes: ['violations'] });

/** What axe finds wrong with the page. It is given to a document once, and asked there as often as one likes. */
export async function findings(page: Page, within = 'html'): Promise<string[]> {
  if (!(await page.evaluate<boolean>('typeof axe === "object"'))) await page.evaluate(axe.source);
  const violations = await page.evaluate<Result[]>(
    `axe.run(${JSON.stringify(within)}, ${OPTIONS}).then(({ violations }) => violations)`,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

/** By how many pixels the page is wider than what is seen of it. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
}

/**
 * The colours of a new theme come down the page by one element a frame, each having a transition, however short: it is
 * all there after three frames in which nothing moves. What turns for ever does not count.
 */
const SETTLED = `new Promise((done) => {
  const moves = ({ effect }) => effect.getComputedTiming().endTime < Infinity;
  const look = (still) => requestAnimationFrame(() => {
    if (still === 3) done(null);
    else look(document.getAnimations().some(moves) ? 0 : still + 1);
  });
  look(0);
})`;

/** Looks at what is shown, in a light theme on a phone and in a dark one on a desk. */
export async function inspect(page: Page, name: string): Promise<void> {
  for (const look of LOOKS) {
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await page.setViewportSize({ width: look.width, height: look.height });
    await page.locator(`html[data-mantine-color-scheme="${look.colorScheme}"]`).waitFor();
    await page.evaluate(SETTLED);
    const seen = { axe: await findings(page), sideways: await sidewaysScroll(page) };
    expect(seen, `${name}, ${look.name}`).toEqual({ axe: [], sideways: 0 });
  }
}
