import type { Page, Request } from 'playwright-core';
import { waitFor } from '../harness/wait.ts';

const QUIET_MS = 20_000;

/** A page at rest has time to spare; the bound is for one that never is. */
const AT_REST = 'new Promise((done) => requestIdleCallback(done, { timeout: 5_000 }))';

interface Asked {
  open: Set<Request>;
  total: number;
}

const byPage = new WeakMap<Page, Asked>();

/** Keeps account of what a page asks for, for {@link quiet}. Its live stream is never answered to the end. */
export function countRequests(page: Page): void {
  const asked: Asked = { open: new Set(), total: 0 };
  byPage.set(page, asked);
  page.on('request', (request) => {
    if (request.resourceType() === 'eventsource') return;
    asked.total += 1;
    asked.open.add(request);
  });
  const close = (request: Request) => asked.open.delete(request);
  page.on('requestfinished', close).on('requestfailed', close);
}

/**
 * Waits until a page shows all it is going to: everything is answered, and having worked on that it asks for no more.
 * Playwright's `networkidle` waits half a second longer.
 */
export async function quiet(page: Page): Promise<void> {
  const asked = byPage.get(page);
  if (asked === undefined) throw new Error('the requests of this page are not counted');
  const isQuiet = async () => {
    const before = asked.total;
    if (asked.open.size > 0) return false;
    await page.evaluate(AT_REST);
    await page.evaluate(AT_REST);
    return asked.open.size === 0 && asked.total === before;
  };
  await waitFor(isQuiet, QUIET_MS, `everything to be shown on ${page.url()}`);
}
