const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;
/** Whoever lived so long did not end because of how it starts. */
const SETTLED_MS = 60_000;

/**
 * How long to wait until a process that ended is started again: longer each time it ends soon, so that one that cannot live
 * does not take the machine from the others.
 * @param waitedMs how long it was waited before it was started; 0 for the first time
 */
export function restartAfterMs(livedMs: number, waitedMs: number): number {
  if (livedMs >= SETTLED_MS || waitedMs === 0) return FIRST_MS;
  return Math.min(LONGEST_MS, waitedMs * 2);
}
