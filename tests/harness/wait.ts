import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 20;

/**
 * Asks until the answer is something, as tests must not sleep for a time they hope is enough.
 * @throws Error when that takes longer than `timeoutMs`
 */
export async function waitFor<T>(
  find: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  timeoutMs: number,
  what = 'what the test waits for',
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await find();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${timeoutMs} ms`);
    await delay(POLL_MS);
  }
}
