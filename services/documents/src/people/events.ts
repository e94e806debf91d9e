import { events } from '@spacedly/contracts';
import { type BackgroundWork, eventQueue, type Platform, type Shares } from '@spacedly/kit';
import { z } from 'zod';
import { deletePerson } from './store.ts';

type Parts = Pick<Platform, 'database' | 'secrets' | 'now'>;

const envelope = z.object({ name: z.string(), data: z.unknown() });
const addressList = z.array(z.string());

/** Forgets a person whose account was purged. Doing it again finds nothing to do. */
export async function forgetPerson(
  { database, secrets, now }: Parts,
  { userId, sealedAddresses }: { userId: string; sealedAddresses: string },
): Promise<void> {
  const addresses = addressList.parse(JSON.parse(secrets.open(sealedAddresses)));
  await database.db.transaction((tx) => deletePerson(tx, { userId, addresses, now: now() }));
}

/** Hears what happened elsewhere. Handlers may run twice for the same event. */
export function eventListener(platform: Parts & Pick<Platform, 'jobs'>, shares: Shares): BackgroundWork {
  const { jobs } = platform;
  return {
    start: () =>
      jobs.work(eventQueue('documents'), async (raw) => {
        const { name, data } = envelope.parse(raw);
        switch (name) {
          case 'user.purged':
            return forgetPerson(platform, events['user.purged'].data.parse(data));
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
