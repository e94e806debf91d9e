// Loaded into a contender by `node --import`: at SIGUSR2 it collects garbage and writes down what only it can know itself.
import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';

const RESOLUTION_MS = 5;
/** Until the stall that collecting makes is over. */
const SETTLE_MS = 200;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delays.enable();

process.on('SIGUSR2', () => {
  // Each value is the time between two of its timers.
  const stallMs = Math.max(0, delays.max / 1e6 - RESOLUTION_MS);
  globalThis.gc();
  setTimeout(() => {
    delays.reset();
    const { rss, heapUsed, external } = process.memoryUsage();
    const file = `inside-${process.pid}.json`;
    writeFileSync(`${file}.new`, JSON.stringify({ stallMs, rss, used: heapUsed + external }));
    renameSync(`${file}.new`, file);
  }, SETTLE_MS);
});
