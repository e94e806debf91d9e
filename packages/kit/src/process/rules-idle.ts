/** What a process knows of itself at one look. */
export interface Look {
  /** Processor time that the process took since the last look, as a share of one core. */
  load: number;
  /** Memory that V8 holds for JavaScript, used or not. */
  heapBytes: number;
}

export interface Idleness {
  /** Looks in a row at which nothing was going on. */
  quietLooks: number;
  /** What V8 held after the last collection; nothing was collected yet where it is 0. */
  floorBytes: number;
}

/** Doing nothing takes 0.005 to 0.008, timers, health checks and a look at the metrics included. */
const QUIET = 0.02;
/** After a start, when nothing was collected yet; then a minute. A collection throws away what V8 compiled as well. */
const QUIET_LOOKS = { first: 2, later: 12 };
/** Doing nothing makes that much in about five minutes; less is not worth the pause. */
const MIN_GROWTH_BYTES = 8 * 1_048_576;

export const FRESH: Idleness = { quietLooks: 0, floorBytes: 0 };

/** What is known after one more look, and whether the moment has come to collect garbage. */
export function afterLook(
  { quietLooks, floorBytes }: Idleness,
  { load, heapBytes }: Look,
): Idleness & { isDue: boolean } {
  const quiet = load < QUIET ? quietLooks + 1 : 0;
  const looks = floorBytes === 0 ? QUIET_LOOKS.first : QUIET_LOOKS.later;
  const isDue = quiet >= looks && heapBytes - floorBytes >= MIN_GROWTH_BYTES;
  // Pages are given back one after another, some of them only after the collection.
  return { quietLooks: quiet, floorBytes: Math.min(floorBytes, heapBytes), isDue };
}
