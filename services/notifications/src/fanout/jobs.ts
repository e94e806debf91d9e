import { eventQueue, type Platform } from '@spacedly/kit';
import type { FindContact } from './contacts.ts';
import { createFanout } from './service.ts';
import type { WriteOptions } from './write.ts';

/** While one batch is written the next is fetched; more would only wait for each other. */
const SETTINGS = { concurrency: 2 };

/** Starts the worker on the events that this service listens to. */
export function startFanout(
  platform: Platform,
  findContact: FindContact,
  options: WriteOptions,
): Promise<void> {
  return platform.jobs.work(
    eventQueue('notifications'),
    createFanout(platform, findContact, options),
    SETTINGS,
  );
}
