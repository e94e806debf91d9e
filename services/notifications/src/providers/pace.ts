import { setTimeout as delay } from 'node:timers/promises';
import type { Provider } from '../delivery/provider.ts';

/**
 * Hands over at most so many messages in a second, evenly, so that the provider has no reason to refuse any. Those
 * that wait do so here: how many that can be is bounded by the worker.
 */
export function paced(provider: Provider, perSecond: number): Provider {
  const gapMs = 1_000 / perSecond;
  let nextFree = 0;
  return {
    ...provider,
    async send(message) {
      const at = Math.max(performance.now(), nextFree);
      nextFree = at + gapMs;
      const waitMs = at - performance.now();
      if (waitMs > 1) await delay(waitMs);
      return provider.send(message);
    },
  };
}
