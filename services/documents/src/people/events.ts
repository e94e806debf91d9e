import { events } from '@spacedly/contracts';
import { type BackgroundWork, eventQueue, type Platform, type Shares } from '@spacedly/kit';
import { z } from 'zod';

const envelope = z.object({ name: z.string(), data: z.unknown() });

/** Hears what happened elsewhere. Handlers may run twice for the same event. */
export function eventListener({ jobs }: Pick<Platform, 'jobs'>, shares: Shares): BackgroundWork {
  return {
    start: () =>
      jobs.work(eventQueue('documents'), async (raw) => {
        const { name, data } = envelope.parse(raw);
        switch (name) {
          case 'user.registered':
          case 'user.address_verified':
            return shares.claimFor(events['user.address_verified'].data.parse(data).userId);
          case 'share.invited': {
            const { what, to } = events['share.invited'].data.parse(data);
            if (what === 'document') await shares.claimAddress(to);
          }
        }
      }),
    stop: async () => {},
  };
}
