import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { waitFor } from '../harness/wait.ts';

export const FOLDER = fileURLToPath(new URL('../../docs/images/pages', import.meta.url));
const THEMES = ['light', 'dark'] as const;
export const DESK = { width: 1200, height: 760 };
export const PHONE = { width: 360, height: 740 };
const PATIENCE_MS = 15_000;
/** Between the two themes of a phone. */
const GAP = 24;
/** A difference of one channel that nobody sees: the edges of letters are not always drawn alike. */
const SEEN_FROM = 24;
/** A picture with fewer changed values than this share is the same picture. */
const SAME_SHARE = 0.0005;

const IS_STILL = `document.querySelector('.mantine-Skeleton-root, [aria-busy="true"]') === null
  && document.getAnimations().every((animation) => animation.playState !== 'running')
  && [...document.images].every((image) => image.complete)`;
const IS_DRAWN =
  'document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60))))';

/** Whatever still moves, loads or blinks would be different in the next picture. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await waitFor(() => page.evaluate<boolean>(IS_STILL), PATIENCE_MS, 'a page that stands still');
  await page.evaluate(IS_DRAWN);
}

/** What is shown now, in both themes. */
async function bothThemes(page: Page): Promise<[Buffer, Buffer]> {
  const shots: Buffer[] = [];
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
    await settle(page);
    shots.push(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
  }
  return shots as [Buffer, Buffer];
}

async function isSame(path: string, made: Buffer): Promise<boolean> {
  const old = await readFile(path).catch(() => null);
  if (old === null) return false;
  const [before, after] = await Promise.all(
    [old, made].map((file) => sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true })),
  );
  if (before?.data.length !== after?.data.length || before?.info.width !== after?.info.width) return false;
  const other = after?.data ?? Buffer.alloc(0);
  const changed = before?.data.reduce(
    (count, value, index) => count + (Math.abs(value - (other[index] ?? 0)) > SEEN_FROM ? 1 : 0),
    0,
  );
  return (changed ?? 0) < other.length * SAME_SHARE;
}

/** Writes a picture, small, unless the one that is there shows the same. */
async function keep(name: string, shot: Buffer): Promise<void> {
  const path = join(FOLDER, `${name}.webp`);
  const made = await sharp(shot).webp({ quality: 62, effort: 5, smartSubsample: true }).toBuffer();
  if (!(await isSame(path, made))) await writeFile(path, made);
}

/** Two pictures of a phone beside each other. */
async function beside([light, dark]: [Buffer, Buffer]): Promise<Buffer> {
  const { width, height } = PHONE;
  const canvas = { width: width * 2 + GAP, height, channels: 4 as const, background: '#8f979200' };
  return sharp({ create: canvas })
    .composite([
      { input: light, left: 0, top: 0 },
      { input: dark, left: width + GAP, top: 0 },
    ])
    .png()
    .toBuffer();
}

/** Takes what a desk shows, one file for each theme. */
export async function takeDesk(page: Page, name: string): Promise<[Buffer, Buffer]> {
  const shots = await bothThemes(page);
  for (const [index, theme] of THEMES.entries()) await keep(`${name}-${theme}`, shots[index] as Buffer);
  return shots;
}

/** Takes what a phone shows, both themes in one file. */
export async function takePhone(page: Page, name: string): Promise<void> {
  await keep(`${name}-phone`, await beside(await bothThemes(page)));
}

export async function prepareFolder(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
}
