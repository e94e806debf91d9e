import type { Merchant } from '../../shared/api.ts';

/** Settings → Business, and what an admin reads of it. */
export const business = {
  title: 'Business',
  hint: 'For accounts that sell something. An admin looks at it before it is verified.',
  fields: {
    businessName: 'Business name',
    category: 'Category',
    taxId: 'Tax number',
    address: 'Address',
    contactEmail: 'Contact e-mail',
    contactPhone: 'Contact phone',
    website: 'Website',
  },
  optional: 'Optional',
  missing: 'Please fill this in',
  reviewAgain: 'A new name or tax number has to be looked at again.',
  submit: 'Submit for review',
  save: 'Save',
  submitted: 'Submitted. You will be told what came of it.',
  saved: 'Business saved',
  failed: 'The business was not saved',
  conflict: 'It was changed elsewhere. The latest is loaded now; save again to keep what you typed.',
  status: {
    PENDING: 'Waiting for review',
    VERIFIED: 'Verified',
    REJECTED: 'Rejected',
  } satisfies Record<Merchant['status'], string>,
  statusText: {
    PENDING: 'An admin will look at it. You will be told what came of it.',
    VERIFIED: 'Your business is verified.',
    REJECTED: 'Change what is missing and submit it again.',
  } satisfies Record<Merchant['status'], string>,
  reason: (reason: string) => `Reason: ${reason}`,
};
