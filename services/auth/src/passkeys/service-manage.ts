import type { Passkey } from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';
import { lockUser } from '../accounts/store.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { recordEvent } from '../events-log/store.ts';
import { tellCredentialChange } from '../tell-credential.ts';
import { presentPasskey } from './rules.ts';
import { removePasskey, renamePasskey } from './store.ts';

interface Where {
  userId: string;
  id: string;
}

/** @throws Problem PASSKEY_NOT_FOUND */
export async function changeName(
  { db, now }: AuthDeps,
  where: Where,
  name: string,
  origin: Origin,
): Promise<Passkey> {
  const row = await db.transaction(async (tx) => {
    await lockUser(tx, where.userId);
    const renamed = await renamePasskey(tx, where, name);
    if (renamed === null) throw new Problem('PASSKEY_NOT_FOUND');
    const { userId } = where;
    await recordEvent(tx, { userId, type: 'passkey_renamed', origin, now: now(), details: { name } });
    return renamed;
  });
  return presentPasskey(row);
}

/** @throws Problem PASSKEY_NOT_FOUND */
export async function deletePasskey(
  { db, outbox, now }: AuthDeps,
  where: Where,
  origin: Origin,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockUser(tx, where.userId);
    const removed = await removePasskey(tx, where);
    if (removed === null) throw new Problem('PASSKEY_NOT_FOUND');
    const { userId } = where;
    const { name } = removed;
    await recordEvent(tx, { userId, type: 'passkey_removed', origin, now: now(), details: { name } });
    await tellCredentialChange(tx, outbox, { userId, change: 'passkey_removed', name, origin });
  });
}
