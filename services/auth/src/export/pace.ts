import { setTimeout as delay } from 'node:timers/promises';
import type { ReadPage } from './archive.ts';

/** How much longer a rest is than the work before it: an archive takes a fifth of a process at most. */
const RESTS = 4;
/** A page with fewer rows is as soon made as any other request. */
const FEW_ROWS = 100;
/** Work also waits for the store of files, which keeps nobody else waiting. */
const MAX_REST_MS = 500;

interface Clock {
  /** Milliseconds. */
  now: () => number;
  rest: (ms: number) => Promise<unknown>;
}

/**
 * Reads pages with a rest after each that has many rows, four times as long as it took to read it and to write it
 * down: the requests of everybody else are served in the same process, and nobody waits for an archive.
 */
export function paced(
  readPage: ReadPage,
  clock: Clock = { now: () => performance.now(), rest: delay },
): ReadPage {
  let beganAt: number | null = null;
  return async (cursor) => {
    if (beganAt !== null) await clock.rest(Math.min((clock.now() - beganAt) * RESTS, MAX_REST_MS));
    const startsAt = clock.now();
    const page = await readPage(cursor);
    beganAt = page.rows.length < FEW_ROWS ? null : startsAt;
    return page;
  };
}
