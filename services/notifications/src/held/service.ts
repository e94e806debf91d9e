import { DELIVERY_QUEUE, type Platform } from '@spacedly/kit';
import { recordSteps } from '../delivery/store.ts';
import { storedMessage } from '../templates/messages.ts';
import { digestOf } from './digest.ts';
import { findReleasable, type HeldGroup, insertDigest, lockHeld, markDigested, releaseOne } from './store.ts';

const GROUPS = 100;

/** One message goes out as it is, several as one digest; in one transaction with its job. */
async function release(platform: Platform, group: HeldGroup): Promise<void> {
  const { database, jobs, now } = platform;
  await database.db.transaction(async (tx) => {
    const at = now();
    const rows = await lockHeld(tx, group, at);
    const last = rows.at(-1);
    if (last === undefined) return;
    let deliveryId = last.id;
    if (rows.length === 1) {
      await releaseOne(tx, deliveryId);
    } else {
      const messages = rows.map((row) => storedMessage.parse(row.message));
      deliveryId = await insertDigest(tx, last, digestOf(messages, last), at);
      const ids = rows.map(({ id }) => id);
      await recordSteps(
        tx,
        ids.map((id) => ({ deliveryId: id, step: 'digested', at })),
      );
      await markDigested(tx, ids);
    }
    await jobs.enqueue(tx, DELIVERY_QUEUE, [{ deliveryId }]);
  });
}

/** Lets out what was held back and may leave now. @returns whether more may be waiting */
export async function releaseHeld(platform: Platform): Promise<boolean> {
  const groups = await findReleasable(platform.database.db, platform.now(), GROUPS);
  for (const group of groups) await release(platform, group);
  return groups.length === GROUPS;
}
