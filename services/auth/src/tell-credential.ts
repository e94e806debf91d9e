import type { EventData } from '@spacedly/contracts';
import type { Db, Outbox } from '@spacedly/kit';
import type { Origin } from './deps.ts';
import { deviceName } from './sessions/rules.ts';

interface CredentialChange {
  userId: string;
  change: EventData<'credential.changed'>['change'];
  /** Of the passkey, the token or the provider. */
  name: string;
  /** Null for what those who look after the installation did. */
  origin: Origin | null;
}

/** Tells the owner that there is another way into their account, or one less. */
export async function tellCredentialChange(
  tx: Db,
  outbox: Outbox,
  { userId, change, name, origin }: CredentialChange,
): Promise<void> {
  const device = origin === null ? 'an administrator' : deviceName(origin.userAgent);
  await outbox.publish(tx, 'credential.changed', { userId, change, name, ip: origin?.ip ?? null, device });
}
