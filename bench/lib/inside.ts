import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Contender } from './processes.ts';

const PATIENCE_MS = 10_000;

/** Settings of a contender that can be looked into. */
export const LOOKED_INTO = {
  NODE_OPTIONS: `--expose-gc --import=${new URL('inside.mjs', import.meta.url)}`,
};

export interface Inside {
  /** The longest time since it was looked into last that the event loop ran late, milliseconds. */
  stallMs: number;
  /** Bytes after garbage was collected: resident, and of them used by JavaScript. */
  rss: number;
  used: number;
}

/** Asks a contender that was started with `LOOKED_INTO`. @throws Error when it does not answer */
export async function lookInside({ pid, folder }: Contender): Promise<Inside> {
  const file = join(folder, `inside-${pid}.json`);
  process.kill(pid, 'SIGUSR2');
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += 50) {
    await delay(50);
    try {
      const told = JSON.parse(readFileSync(file, 'utf8')) as Inside;
      rmSync(file);
      return told;
    } catch {
      // Not yet.
    }
  }
  throw new Error(`process ${pid} did not tell about itself`);
}
