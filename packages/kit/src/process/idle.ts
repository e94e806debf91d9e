import { performance } from 'node:perf_hooks';
import v8 from 'node:v8';
import vm from 'node:vm';
import type { Logger } from '../log.ts';
import { afterLook, FRESH, type Idleness } from './rules-idle.ts';

const LOOK_MS = 5_000;

const heapBytes = () => v8.getHeapStatistics().total_heap_size;
const usedBytes = () => v8.getHeapStatistics().used_heap_size;

/** A full collection. V8 has a function for it in contexts that are made while this flag is on. */
function collectGarbage(): void {
  v8.setFlagsFromString('--expose-gc');
  try {
    vm.runInNewContext('gc()');
  } finally {
    // Code that was compiled before and kept is only taken while the flags are those it was compiled with.
    v8.setFlagsFromString('--no-expose-gc');
  }
}

/** Gives the processor time since it was asked last as a share of one core, that of other threads included. */
function createLoadReader(): () => number {
  let [usage, at] = [process.cpuUsage(), performance.now()];
  return () => {
    const { user, system } = process.cpuUsage(usage);
    const elapsedMs = performance.now() - at;
    [usage, at] = [process.cpuUsage(), performance.now()];
    return (user + system) / 1_000 / elapsedMs;
  };
}

/**
 * Gives memory back that only garbage takes, while nobody waits: V8 collects when it needs room, so what a start or a
 * busy hour left stays for as long as nothing happens.
 * @returns what ends it
 */
export function collectWhenIdle(log: Logger, lookMs = LOOK_MS): () => void {
  let idleness: Idleness = FRESH;
  const readLoad = createLoadReader();
  const look = () => {
    const { isDue, ...next } = afterLook(idleness, { load: readLoad(), heapBytes: heapBytes() });
    idleness = next;
    if (!isDue) return;
    const [usedBefore, began] = [usedBytes(), performance.now()];
    collectGarbage();
    const pauseMs = Math.round(performance.now() - began);
    idleness = { quietLooks: 0, floorBytes: heapBytes() };
    log.debug({ pauseMs, usedBefore, usedAfter: usedBytes() }, 'collected garbage while idle');
  };
  const timer = setInterval(look, lookMs).unref();
  return () => clearInterval(timer);
}
