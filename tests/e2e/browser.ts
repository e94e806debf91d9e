import { mkdtemp } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { freePorts } from '@spacedly/kit/testing';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { startSystem } from '../harness/system.ts';
import { findChromium, launchChromium } from './chromium.ts';
import { countRequests } from './quiet.ts';
import { buildWeb } from './web-build.ts';
import { ZONE } from './zone.ts';

/** How long anything on a page may take to appear. */
const PATIENCE_MS = 20_000;

/** A browser in front of a running system. */
export interface Stage {
  /** Another one at a second try, which begins with a system of its own. */
  url: string;
  /** A page of a fresh person: no cookies, nothing stored. */
  open(options?: BrowserContextOptions): Promise<Page>;
}

/** What a page must never do: throw, or run into its own content security policy. */
function watch(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) faults.push(`${page.url()}: ${message.text()}`);
  });
}

/** What a failed test saw last. */
async function keepPictures(pages: readonly Page[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'spacedly-failed-'));
  await Promise.all(
    pages.map((page, index) => page.screenshot({ path: join(folder, `${index}.png`) }).catch(() => null)),
  );
  console.error(`Pictures of the failed test: ${folder}`);
}

function errorLines(log: string): string {
  const lines = log.split('\n').filter((line) => /"level":(50|60)/.test(line));
  return lines.join('\n');
}

/** The product, reached by another name of this machine where one is asked for. */
async function startIn(host: string | undefined) {
  if (host === undefined) return startSystem('single');
  const [port] = (await freePorts(1)) as [number];
  const url = `http://${host}:${port}`;
  const system = await startSystem('single', { PUBLIC_URL: url });
  const target = Number(new URL(system.url).port);
  const bridge = createServer((socket) => {
    pipeline(socket, connect(target, '127.0.0.1'), socket, () => {});
  });
  await new Promise<void>((resolve) => bridge.listen(port, host, resolve));
  const stop = async () => {
    bridge.close();
    await system.stop();
  };
  return { ...system, url, stop };
}

/**
 * A suite in a real browser against the real product: at SPACEDLY_URL when that is set, else at a system of its own.
 * Skipped, and saying so, where there is no Chromium. `host: 'localhost'` for what refuses the number of a machine, as
 * passkeys do; `hasWindows` for what a browser without any cannot do.
 */
export function browserSuite(
  name: string,
  define: (stage: Stage) => void,
  options: { host?: 'localhost'; hasWindows?: boolean } = {},
): void {
  const executablePath = findChromium(options);
  if (executablePath === undefined) {
    console.warn(`SKIPPED "${name}": no Chromium found. Install one or set CHROMIUM_PATH.`);
  }
  describe.skipIf(executablePath === undefined)(name, () => {
    const stage = {} as Stage;
    const faults: string[] = [];
    const pages: Page[] = [];
    let system: Awaited<ReturnType<typeof startIn>> | null = null;
    let close = async () => {};

    const start = async () => {
      system = await startIn(options.host);
      stage.url = system.url;
    };
    beforeAll(async () => {
      const given = process.env.SPACEDLY_URL;
      if (given === undefined) {
        await buildWeb();
        await start();
      } else stage.url = given;
      const browser = await launchChromium(executablePath ?? '');
      stage.open = async (options = {}) => {
        const context = await browser.newContext({
          baseURL: stage.url,
          locale: 'en-GB',
          timezoneId: ZONE,
          viewport: { width: 1280, height: 800 },
          reducedMotion: 'reduce',
          ...options,
        });
        const page = await context.newPage();
        page.setDefaultTimeout(PATIENCE_MS);
        watch(page, faults);
        countRequests(page);
        pages.push(page);
        return page;
      };
      close = async () => {
        await browser.close();
        await system?.stop();
      };
    });
    // What the first try made would be in the way of the second.
    beforeEach(async ({ task }) => {
      if (system === null || (task.result?.retryCount ?? 0) === 0) return;
      await system.stop();
      system = null;
      await start();
    });
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') {
        await keepPictures(pages);
        console.error(errorLines(system?.log() ?? ''));
      }
      pages.length = 0;
      expect(faults.splice(0)).toEqual([]);
    });
    afterAll(() => close());
    define(stage);
  });
}
