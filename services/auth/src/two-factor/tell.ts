import type { EventData } from '@spacedly/contracts';
import type { Db } from '@spacedly/kit';
import type { AuthDeps, Origin } from '../deps.ts';
import { placeOf } from '../origin.ts';

interface FactorChange {
  userId: string;
  change: EventData<'second_factor.changed'>['change'];
  origin: Origin;
}

/** Has the owner told that their second factors changed, or that one of the spare ones was used. */
export async function tellFactorChange(
  tx: Db,
  { outbox }: Pick<AuthDeps, 'outbox'>,
  { userId, change, origin }: FactorChange,
): Promise<void> {
  await outbox.publish(tx, 'second_factor.changed', { userId, change, ...placeOf(origin) });
}
