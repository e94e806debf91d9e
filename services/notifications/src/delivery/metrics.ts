import type { Metrics } from '@spacedly/kit';
import type { Provider, Verdict } from './provider.ts';

/** Counts what providers said to the messages they were handed. */
export function createMessageCounter(
  metrics: Metrics,
): (provider: Provider, result: Verdict | 'sent') => void {
  const messages = metrics.counter({
    name: 'spacedly_messages_total',
    help: 'Messages handed to providers, by what they said: sent, refused, unavailable, or unknown',
    labelNames: ['channel', 'provider', 'result'],
  });
  return ({ channel, name: provider }, result) => messages.inc({ channel, provider, result });
}
