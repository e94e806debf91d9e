import { DELIVERY_QUEUE, type Platform } from '@spacedly/kit';
import type { Providers } from '../providers/index.ts';
import type { MakeLinks } from './outgoing.ts';
import { createDelivery } from './service.ts';

/** Four batches side by side: one provider that hangs holds up a quarter of the others, not all of them. */
const SETTINGS = { batchSize: 50, concurrency: 4 };

/** Starts the worker that hands deliveries to their providers. */
export function startDelivery(platform: Platform, providers: Providers, links: MakeLinks): Promise<void> {
  return platform.jobs.work(DELIVERY_QUEUE, createDelivery(platform, providers, links), SETTINGS);
}
