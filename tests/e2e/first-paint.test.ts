import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { waitFor } from '../harness/wait.ts';
import { browserSuite } from './browser.ts';
import { findings, LOOKS, sidewaysScroll } from './looks.ts';
import { signUpQuickly } from './person.ts';

const PAGE_COLOUR = { light: '#f6f5f1', dark: '#131817' };

/** The colours that first-paint.css takes from the theme, which is not there yet. */
const COLOURS = `['--page', '--hairline', '--mantine-color-body', '--mantine-color-text',
  '--mantine-color-default-border'].map(
  (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim())`;

const HAS_PAINTED = "performance.getEntriesByName('first-contentful-paint').length > 0";

/** A page that was only committed may be half of one. */
const painted = (page: Page) => waitFor(() => page.evaluate(HAS_PAINTED), 10_000, 'the first paint');

/** Holds back all modules of the app. @returns what lets them through */
async function holdModules(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route('**/assets/*.js', async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

/** Signed in, as the browser knows from the last time. */
async function comeBack(page: Page): Promise<void> {
  await signUpQuickly(page);
  await page.addInitScript("localStorage.setItem('spacedly.signed-in', '1')");
}

const framesSeen = (page: Page) =>
  page.locator('.first-paint > div:visible').evaluateAll((all) => all.map(({ className }) => className));

browserSuite('before the app has come', (stage) => {
  test.each(
    LOOKS.flatMap((look) => [
      { ...look, path: '/', frame: 'landing', heading: /Welcome|Remember it/ },
      { ...look, path: '/sign-in?next=/tasks', frame: 'card enter', heading: 'Sign in' },
      { ...look, path: '/sign-up', frame: 'card', heading: /^Create / },
      { ...look, path: '/today', frame: 'app', heading: /^Good \w+, Ada$/ },
      { ...look, path: '/', frame: 'app', heading: /^Good \w+, Ada$/ },
    ]),
  )('$path shows its frame "$frame", $name', async ({ path, frame, heading, colorScheme, ...look }) => {
    const page = await stage.open({ viewport: look, colorScheme });
    if (frame === 'app') await comeBack(page);
    const letThrough = await holdModules(page);
    await page.goto(path, { waitUntil: 'commit' });
    await painted(page);
    expect(await framesSeen(page)).toEqual([frame]);
    const colours = await page.evaluate<string[]>(COLOURS);
    expect(colours[0]).toBe(PAGE_COLOUR[colorScheme]);
    expect({ axe: await findings(page), sideways: await sidewaysScroll(page) }).toEqual({
      axe: [],
      sideways: 0,
    });
    letThrough();
    await page.locator('.first-paint').waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: heading }).waitFor();
    expect(await page.evaluate(COLOURS)).toEqual(colours);
  });

  test('what the app begins with is asked for once, before it has come', async () => {
    const page = await stage.open();
    await comeBack(page);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const letThrough = await holdModules(page);
    const answered = page.waitForResponse('**/v1/tasks/today');
    await page.goto('/', { waitUntil: 'commit' });
    await answered;
    letThrough();
    await page.getByText('Nothing is due today').waitFor();
    expect(asked.filter((path) => path === '/v1/users/me' || path === '/v1/tasks/today').sort()).toEqual([
      '/v1/tasks/today',
      '/v1/users/me',
    ]);

    // When the session is over, the answers of before are of no use to whoever signs in.
    await page.context().clearCookies();
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    const held = await page.evaluate<number>('window.askedBefore.size');
    expect(held).toBe(0);
  });

  test('whoever has been greeted is greeted at once, and nobody who comes after them', async () => {
    const page = await stage.open();
    await comeBack(page);
    await page.goto('/today');
    const greeting = page.getByRole('heading', { level: 1, name: /^Good \w+, Ada$/ });
    const place = await greeting.boundingBox();
    expect(place).not.toBeNull();
    const words = await greeting.textContent();
    const letThrough = await holdModules(page);
    await page.goto('/', { waitUntil: 'commit' });
    const before = page.locator('.first-paint .greeting');
    await before.waitFor();
    expect(await before.textContent()).toBe(words);
    expect(await before.boundingBox()).toMatchObject({ x: place?.x, y: place?.y, height: place?.height });
    expect(await findings(page)).toEqual([]);

    letThrough();
    await page.goto('/settings');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Create an account' }).waitFor();
    expect(await page.evaluate("localStorage.getItem('spacedly.greetings')")).toBeNull();
  });

  test('the landing page is told in the language of the reader', async () => {
    const page = await stage.open({ locale: 'de-AT' });
    await holdModules(page);
    await page.goto('/', { waitUntil: 'commit' });
    await page.getByRole('heading', { name: 'Nichts vergessen. Alles schaffen.' }).waitFor();
    await page.getByRole('link', { name: 'Anmelden' }).click();
    await page.waitForURL('/sign-in', { waitUntil: 'commit' });
    await painted(page);
    expect(await findings(page)).toEqual([]);
  });

  test('without scripts nothing but that it needs them', async () => {
    const page = await stage.open({ javaScriptEnabled: false });
    await page.goto('/');
    await page.locator('noscript').waitFor();
    expect(await framesSeen(page)).toEqual([]);
  });
});
