import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const LOOKS = [
  { name: 'phone-light', width: 360, height: 740, colorScheme: 'light' },
  { name: 'phone-dark', width: 360, height: 740, colorScheme: 'dark' },
  { name: 'desk-light', width: 1280, height: 800, colorScheme: 'light' },
  { name: 'desk-dark', width: 1280, height: 800, colorScheme: 'dark' },
] as const;

/**
 * What axe finds wrong with the page; in a dark theme only the colours are looked at, as all else is as in the light.
 * In legacy mode axe needs no second page for its sums, which takes a third of the time; we have no foreign frames.
 */
export async function findings(page: Page, colorScheme: 'light' | 'dark' = 'light'): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (colorScheme === 'dark') axe.withRules('color-contrast');
  else axe.withTags(STANDARDS);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

function sidewaysScroll(page: Page): Promise<number> {
  return page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
}

/** The colours of the new theme are painted one frame after its name is there. */
function settled(page: Page): Promise<unknown> {
  return page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))');
}

/** Looks at what is shown in both themes on a phone and on a desk. */
export async function inspect(page: Page, shots: string, name: string): Promise<void> {
  for (const look of LOOKS) {
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await page.setViewportSize({ width: look.width, height: look.height });
    await page.locator(`html[data-mantine-color-scheme="${look.colorScheme}"]`).waitFor();
    await settled(page);
    await page.screenshot({ path: join(shots, `${name}-${look.name}.png`) });
    const seen = { axe: await findings(page, look.colorScheme), sideways: await sidewaysScroll(page) };
    expect(seen, `${name}, ${look.name}`).toEqual({ axe: [], sideways: 0 });
  }
}
