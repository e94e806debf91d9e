import type { EventEnvelope } from '@spacedly/contracts';
import type { Platform } from '@spacedly/kit';
import { z } from 'zod';
import { deletePerson } from './store.ts';

const addressList = z.array(z.string());

/** Forgets a person whose account was purged. Doing it again finds nothing to do. */
export async function forgetPerson(
  { database, secrets }: Pick<Platform, 'database' | 'secrets'>,
  { data: { userId, sealedAddresses } }: EventEnvelope<'user.purged'>,
): Promise<void> {
  const addresses = addressList.parse(JSON.parse(secrets.open(sealedAddresses)));
  await database.db.transaction((tx) => deletePerson(tx, userId, addresses));
}
