import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Both sizes and both themes; what differs between them hardly ever lies in the other two pairs. */
export const LOOKS = [
  { name: 'phone-light', width: 360, height: 740, colorScheme: 'light' },
  { name: 'desk-dark', width: 1280, height: 800, colorScheme: 'dark' },
] as const;

/**
 * What axe finds wrong with the page. In legacy mode it needs no second page for its sums, which takes a third of the
 * time; we have no foreign frames.
 */
export async function findings(page: Page, within = 'html'): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode().withTags(STANDARDS).include(within);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

/** By how many pixels the page is wider than what is seen of it. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
}

/** The colours of the new theme are painted one frame after its name is there. */
function settled(page: Page): Promise<unknown> {
  return page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))');
}

/** Looks at what is shown, in a light theme on a phone and in a dark one on a desk. */
export async function inspect(page: Page, shots: string, name: string): Promise<void> {
  for (const look of LOOKS) {
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await page.setViewportSize({ width: look.width, height: look.height });
    await page.locator(`html[data-mantine-color-scheme="${look.colorScheme}"]`).waitFor();
    await settled(page);
    await page.screenshot({ path: join(shots, `${name}-${look.name}.png`) });
    const seen = { axe: await findings(page), sideways: await sidewaysScroll(page) };
    expect(seen, `${name}, ${look.name}`).toEqual({ axe: [], sideways: 0 });
  }
}
