import type { MerchantBody, reviewMerchantBody } from '@spacedly/contracts';
import { type Db, Problem } from '@spacedly/kit';
import type { z } from 'zod';
import { lockUser, tellChanged, updateUser } from '../accounts/store.ts';
import { type Actor, recordAudit } from '../audit/service.ts';
import type { AuthDeps } from '../deps.ts';
import { needsReview } from './rules.ts';
import { findMerchant, insertMerchant, type MerchantRow, updateMerchant } from './store.ts';

interface Target {
  userId: string;
  ifMatch: number | null;
}

/** The person is locked, so that a change and a review of the same business are judged one after the other. */
async function loadForChange(tx: Db, { userId, ifMatch }: Target): Promise<MerchantRow | null> {
  await lockUser(tx, userId);
  const merchant = await findMerchant(tx, userId);
  if (ifMatch !== null && ifMatch !== merchant?.version) throw new Problem('PRECONDITION_FAILED');
  return merchant;
}

async function create(tx: Db, userId: string, body: MerchantBody, now: Date): Promise<MerchantRow> {
  const times = { submittedAt: now, createdAt: now, updatedAt: now };
  const merchant = await insertMerchant(tx, { ...body, ...times, userId });
  await updateUser(tx, { userId, ifMatch: null }, { accountType: 'MERCHANT' }, now);
  await tellChanged(tx, userId);
  return merchant;
}

const UNREVIEWED = { status: 'PENDING', rejectionReason: null, reviewedAt: null, reviewedBy: null } as const;

/**
 * Makes an account a merchant, or changes its business. What was verified stays so unless the business itself changes.
 * @throws Problem PRECONDITION_FAILED
 */
export async function putMerchant(
  { db, now }: AuthDeps,
  actor: Actor,
  target: Target,
  body: MerchantBody,
): Promise<{ merchant: MerchantRow; isNew: boolean }> {
  const { userId } = target;
  return db.transaction(async (tx) => {
    const current = await loadForChange(tx, target);
    const at = now();
    const isUnseen = current === null || needsReview(current, body);
    const review = isUnseen ? { ...UNREVIEWED, submittedAt: at } : {};
    const merchant =
      current === null
        ? await create(tx, userId, body, at)
        : await updateMerchant(tx, userId, { ...body, ...review, updatedAt: at });
    if (isUnseen) await recordAudit(tx, actor, { action: 'merchant.submitted', targetId: userId, at });
    return { merchant, isNew: current === null };
  });
}

/**
 * Verifies or rejects a business and tells its owner. Deciding the same again changes nothing.
 * @throws Problem MERCHANT_NOT_FOUND, PRECONDITION_FAILED
 */
export async function reviewMerchant(
  { db, outbox, now }: AuthDeps,
  actor: Actor,
  target: Target,
  body: z.output<typeof reviewMerchantBody>,
): Promise<MerchantRow> {
  const { userId } = target;
  const { status } = body;
  const reason = body.reason ?? null;
  return db.transaction(async (tx) => {
    const current = await loadForChange(tx, target);
    if (current === null) throw new Problem('MERCHANT_NOT_FOUND');
    if (current.status === status && current.rejectionReason === reason) return current;
    const at = now();
    const decision = { status, rejectionReason: reason, reviewedAt: at, reviewedBy: actor.actorId };
    const merchant = await updateMerchant(tx, userId, { ...decision, updatedAt: at });
    const { businessName } = merchant;
    if (reason === null) await outbox.publish(tx, 'merchant.verified', { userId, businessName });
    else await outbox.publish(tx, 'merchant.rejected', { userId, businessName, reason });
    const action = status === 'VERIFIED' ? 'merchant.verified' : 'merchant.rejected';
    await recordAudit(tx, actor, { action, targetId: userId, at });
    return merchant;
  });
}
