import { setTimeout as delay } from 'node:timers/promises';
import { loadServices } from '@spacedly/cli';
import { buildProcess, openPlatform } from '@spacedly/kit';
import type { Installation } from './settings.ts';

export interface RoundOptions {
  /** Waits for what falls due before this moment, in milliseconds since the epoch. */
  stayUntil: number;
  /** Ends in any case, and gives what is running some seconds more. */
  endAt: number;
  /** Whether to do what is otherwise done every hour and every day. */
  chores: boolean;
}

const LOOK_MS = 50;
/** A signal between two workers of one process is on its way for some milliseconds. */
const QUIET_MS = 500;

type Built = Awaited<ReturnType<typeof buildProcess>>;

async function workUntilQuiet(
  { background }: Built,
  isIdle: () => boolean,
  { stayUntil, endAt }: RoundOptions,
): Promise<void> {
  let quietSince = Date.now();
  while (Date.now() < endAt) {
    await delay(LOOK_MS);
    if (!isIdle()) quietSince = Date.now();
    if (Date.now() - quietSince < QUIET_MS) continue;
    const due = (await background.nextDue())?.getTime();
    if (due === undefined || due > stayUntil) return;
    // It falls due while this goes on, and is handed over by whoever waits for it.
    await delay(Math.max(0, Math.min(due, endAt) - Date.now()));
    quietSince = Date.now();
  }
}

/**
 * One round of all background work: the same that a server does for as long as it lives, until nothing waits. Another
 * round at the same time shares the work, and one that is killed leaves its jobs to the next.
 */
export async function runRound(installation: Installation, options: RoundOptions): Promise<void> {
  const platform = await openPlatform({ ...installation, name: 'worker' });
  try {
    const built = await buildProcess(platform, { services: await loadServices() });
    try {
      await built.app.ready();
      await built.background.start();
      if (options.chores) await built.background.chores();
      await workUntilQuiet(built, platform.jobs.isIdle, options);
    } finally {
      await built.app.close();
    }
  } finally {
    await platform.close();
  }
}
