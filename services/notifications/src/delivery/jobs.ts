import { DELIVERY_QUEUE, type Platform } from '@spacedly/kit';
import type { Provider } from './provider.ts';
import { createChooser, createDelivery } from './service.ts';

/** Starts the worker that hands deliveries to their providers. */
export function startDelivery(platform: Platform, providers: readonly Provider[]): Promise<void> {
  const choose = createChooser(providers, platform.log);
  return platform.jobs.work(DELIVERY_QUEUE, createDelivery(platform, choose));
}
