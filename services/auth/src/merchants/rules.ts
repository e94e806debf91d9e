import type { Merchant, MerchantBody } from '@spacedly/contracts';
import type { MerchantRow } from './store.ts';

/** What was checked when the business was verified: if it changes, it has to be checked again. */
export function needsReview(
  current: Pick<MerchantRow, 'taxId' | 'businessName'>,
  body: MerchantBody,
): boolean {
  return current.taxId !== body.taxId || current.businessName !== body.businessName;
}

export function presentMerchant(row: MerchantRow): Merchant {
  const { reviewedBy: _, ...shown } = row;
  return {
    ...shown,
    submittedAt: row.submittedAt.toISOString(),
    reviewedAt: row.reviewedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
