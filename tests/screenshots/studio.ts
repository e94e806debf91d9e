import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { DESK, PHONE, takeDesk, takePhone } from './camera.ts';
import { at, type Clock, NOW, ZONE } from './clock.ts';
import { PASSWORD, type Person } from './person.ts';
import type { Chapter, Scene, Viewer } from './scene.ts';

const PATIENCE_MS = 15_000;
const README_PICTURE = fileURLToPath(new URL('../../docs/images/today.png', import.meta.url));

interface Place {
  browser: Browser;
  url: string;
  clock: Clock;
}

/** Takes pictures of scenes for those who exist by then. */
export interface Studio {
  people: Map<Viewer, Person>;
  /** @param wanted names of scenes; all when left out */
  shoot(chapter: Chapter, wanted?: RegExp): Promise<void>;
}

type Cookies = NonNullable<Exclude<BrowserContextOptions['storageState'], string>>['cookies'];

/** One session for each viewer, begun shortly before the pictures; how long it has been running does not matter then. */
async function signIn({ browser, url, clock }: Place, person: Person): Promise<Cookies> {
  await clock.set(at(0, '09:15'));
  const context = await browser.newContext({ baseURL: url });
  const answer = await context.request.post('/v1/auth/login', {
    data: { identifier: person.email, password: PASSWORD, delivery: 'cookie' },
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  if (!answer.ok()) throw new Error(`the sign-in said ${answer.status()}: ${await answer.text()}`);
  const cookies = await context.cookies();
  await context.close();
  return cookies.map((cookie) => ({ ...cookie, expires: -1 }));
}

/** Opens a page with the clock of the pictures. */
async function openPage({ browser, url }: Place, viewport: typeof DESK, cookies: Cookies): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'en-GB',
    timezoneId: ZONE,
    viewport,
    reducedMotion: 'reduce',
    hasTouch: viewport === PHONE,
    storageState: { cookies, origins: [] },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.clock.setFixedTime(NOW);
  return page;
}

export function createStudio(place: Place): Studio {
  const people = new Map<Viewer, Person>();
  const sessions = new Map<Viewer, Cookies>();

  async function cookiesOf(viewer: Viewer): Promise<Cookies> {
    const person = people.get(viewer);
    const cookies = sessions.get(viewer) ?? (person ? await signIn(place, person) : []);
    sessions.set(viewer, cookies);
    return cookies;
  }

  async function take(scene: Scene, viewport: typeof DESK): Promise<void> {
    const page = await openPage(place, viewport, await cookiesOf(scene.viewer));
    try {
      await place.clock.set(NOW);
      await scene.open(page);
      if (viewport === PHONE) await takePhone(page, scene.name);
      else {
        const [light] = await takeDesk(page, scene.name);
        if (scene.name === 'today') await sharp(light).png({ palette: true }).toFile(README_PICTURE);
      }
      await scene.after?.(page);
    } catch (error) {
      const path = join(await mkdtemp(join(tmpdir(), 'spacedly-failed-')), `${scene.name}.png`);
      await page.screenshot({ path });
      console.error(`${scene.name}, seen in ${path}:`, error);
      process.exitCode = 1;
    } finally {
      await page.context().close();
    }
  }

  async function shoot({ scenes }: Chapter, wanted = /./): Promise<void> {
    for (const scene of scenes.filter(({ name }) => wanted.test(name))) {
      console.log(scene.name);
      await take(scene, DESK);
      if (scene.phone) await take(scene, PHONE);
    }
  }
  return { people, shoot };
}
