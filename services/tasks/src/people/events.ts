import { events } from '@spacedly/contracts';
import { type BackgroundWork, eventQueue, type Platform } from '@spacedly/kit';
import { z } from 'zod';
import { deletePerson, findFiles } from './store.ts';

type Parts = Pick<Platform, 'database' | 'storage'>;

const envelope = z.object({ name: z.string(), data: z.unknown() });

/**
 * Forgets a person whose account was purged: files first, as nobody would know of them without their rows. Doing it
 * again finds nothing to do.
 */
export async function forgetPerson({ database, storage }: Parts, userId: string): Promise<void> {
  for (const key of await findFiles(database.db, userId)) await storage.delete(key);
  await database.db.transaction((tx) => deletePerson(tx, userId));
}

/** Hears what happened elsewhere. Handlers may run twice for the same event. */
export function eventListener(platform: Parts & Pick<Platform, 'jobs' | 'log'>): BackgroundWork {
  const { jobs, log } = platform;
  return {
    start: () =>
      jobs.work(eventQueue('tasks'), async (raw) => {
        const { name, data } = envelope.parse(raw);
        if (name !== 'user.purged') return log.warn({ event: name }, 'an event nobody here listens to');
        await forgetPerson(platform, events['user.purged'].data.parse(data).userId);
      }),
    stop: async () => {},
  };
}
