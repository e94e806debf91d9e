/**
 * Measures one page once, in a browser of its own that has no file of it yet: Lighthouse's own phone (slow 4G, a
 * processor four times slower) or desktop. Takes a JSON argument, writes JSON to stdout.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';
import puppeteer from 'puppeteer-core';

const { origin, path, form, person, picture } = JSON.parse(process.argv[2]);

/** Somebody who was here before, and comes back when every file is a new one. */
async function comeBack(port) {
  const browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${port}` });
  const page = await browser.newPage();
  await page.goto(`${origin}/health/live`);
  const status = await page.evaluate(async ({ email, password }) => {
    localStorage.setItem('spacedly.signed-in', '1');
    const answer = await fetch('/v1/auth/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ identifier: email, password, delivery: 'cookie' }),
    });
    return answer.status;
  }, person);
  if (status !== 200) throw new Error(`the sign-in answered ${status}`);
  await page.goto(`${origin}/today`);
  await page.waitForSelector('[data-page-heading]');
  const devtools = await page.createCDPSession();
  await devtools.send('Network.clearBrowserCache');
  await page.close();
  await browser.disconnect();
}

const profile = await mkdtemp(join(tmpdir(), 'spacedly-lighthouse-'));
const chrome = await launch({
  chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  userDataDir: profile,
});
try {
  if (person) await comeBack(chrome.port);
  const load = () =>
    lighthouse(
      origin + path,
      {
        port: chrome.port,
        logLevel: 'error',
        disableStorageReset: true,
        onlyCategories: ['performance', 'accessibility', 'best-practices'],
      },
      form === 'desktop' ? desktopConfig : undefined,
    );
  let { lhr } = await load();
  // Chromium sometimes records no navigation, and Lighthouse then asks to be run again.
  if (lhr.runtimeError?.code === 'NO_NAVSTART') ({ lhr } = await load());
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  const shown = new URL(lhr.finalDisplayedUrl).pathname;
  if (shown !== path) throw new Error(`asked for ${path}, and saw ${shown}`);
  const score = (category) => Math.round(lhr.categories[category].score * 100);
  const value = (audit) => lhr.audits[audit].numericValue;
  const picked = {
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractices: score('best-practices'),
    firstPaintMs: value('first-contentful-paint'),
    largestPaintMs: value('largest-contentful-paint'),
    speedIndexMs: value('speed-index'),
    blockedMs: value('total-blocking-time'),
    shift: value('cumulative-layout-shift'),
    version: lhr.lighthouseVersion,
  };
  const [, image] = lhr.audits['final-screenshot'].details.data.split(',');
  if (picture) await writeFile(picture, Buffer.from(image, 'base64'));
  if (process.env.LIGHTHOUSE_FULL) await writeFile(process.env.LIGHTHOUSE_FULL, JSON.stringify(lhr));
  process.stdout.write(JSON.stringify(picked));
} finally {
  chrome.kill();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}
