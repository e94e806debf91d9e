import { eventQueue, type Platform } from '@spacedly/kit';
import type { FindContact } from './contacts.ts';
import { createFanout } from './service.ts';

/** Starts the worker on the events that this service listens to. */
export function startFanout(platform: Platform, findContact: FindContact): Promise<void> {
  return platform.jobs.work(eventQueue('notifications'), createFanout(platform, findContact));
}
