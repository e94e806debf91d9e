import type { EventData } from '@spacedly/contracts';
import type { Db, Outbox } from '@spacedly/kit';
import type { Origin } from './deps.ts';
import { placeOf } from './origin.ts';

interface CredentialChange {
  userId: string;
  change: EventData<'credential.changed'>['change'];
  /** Of the passkey, the token or the provider. */
  name: string;
  /** Null for what those who look after the installation did. */
  origin: Origin | null;
}

const NOWHERE = { ip: null, device: '', browser: null, os: null };

/** Tells the owner that there is another way into their account, or one less. */
export async function tellCredentialChange(
  tx: Db,
  outbox: Outbox,
  { userId, change, name, origin }: CredentialChange,
): Promise<void> {
  const place = origin === null ? NOWHERE : placeOf(origin);
  await outbox.publish(tx, 'credential.changed', { userId, change, name, ...place });
}
