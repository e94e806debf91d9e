import { events } from '@spacedly/contracts';
import { type BackgroundWork, eventQueue, forgetShares, type Platform, type Shares } from '@spacedly/kit';
import { z } from 'zod';
import { TASK_SHARES } from '../shares/kind.ts';
import { deletePerson, findFiles } from './store.ts';

type Parts = Pick<Platform, 'database' | 'storage'>;

const envelope = z.object({ name: z.string(), data: z.unknown() });
type Heard = z.infer<typeof envelope>;
const addressList = z.array(z.string());

/**
 * Forgets a person whose account was purged: files first, as nobody would know of them without their rows. Doing it
 * again finds nothing to do.
 */
export async function forgetPerson(
  { database, storage }: Parts,
  userId: string,
  addresses: readonly string[] = [],
): Promise<void> {
  for (const key of await findFiles(database.db, userId)) await storage.delete(key);
  await database.db.transaction(async (tx) => {
    await forgetShares(tx, TASK_SHARES, userId, addresses);
    await deletePerson(tx, userId);
  });
}

/** What each event makes this service do. */
async function hear(
  platform: Parts & Pick<Platform, 'secrets'>,
  shares: Shares,
  heard: Heard,
): Promise<void> {
  switch (heard.name) {
    case 'user.purged': {
      const { userId, sealedAddresses } = events['user.purged'].data.parse(heard.data);
      const addresses = addressList.parse(JSON.parse(platform.secrets.open(sealedAddresses)));
      return forgetPerson(platform, userId, addresses);
    }
    case 'user.registered':
    case 'user.address_verified':
      return shares.claimFor(events['user.address_verified'].data.parse(heard.data).userId);
    case 'share.invited': {
      const { what, to } = events['share.invited'].data.parse(heard.data);
      if (what === 'task') await shares.claimAddress(to);
    }
  }
}

/** Hears what happened elsewhere. Handlers may run twice for the same event. */
export function eventListener(
  platform: Parts & Pick<Platform, 'jobs' | 'secrets'>,
  shares: Shares,
): BackgroundWork {
  const { jobs } = platform;
  return {
    start: () =>
      jobs.work(eventQueue('tasks'), async (raw) => {
        await hear(platform, shares, envelope.parse(raw));
      }),
    stop: async () => {},
  };
}
