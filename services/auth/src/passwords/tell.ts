import type { EventData } from '@spacedly/contracts';
import type { Db } from '@spacedly/kit';
import type { AuthDeps, Origin } from '../deps.ts';
import { placeOf } from '../origin.ts';

interface PasswordChange {
  userId: string;
  how: EventData<'password.changed'>['how'];
  origin: Origin;
}

/** Has the owner told that the account has another password now. */
export async function tellPasswordChange(
  tx: Db,
  { outbox }: Pick<AuthDeps, 'outbox'>,
  { userId, how, origin }: PasswordChange,
): Promise<void> {
  await outbox.publish(tx, 'password.changed', { userId, how, ...placeOf(origin) });
}
