/** Problems of profiles, merchants, deletion, export and administration. */
export const peopleProblems = {
  WRONG_CREDENTIAL: [403, 'The password or code is not right'],
  LAST_ADMIN: [422, 'Somebody has to stay admin'],
  CANNOT_IMPERSONATE: [422, 'This account cannot be acted for'],
  IMPERSONATING: [403, 'This cannot be done while acting for somebody else'],
  NOT_DELETED: [422, 'This account is not deleted'],
  CONFIRMATION_MISMATCH: [422, 'The confirmation does not name this account'],
  RESTORE_LINK_EXPIRED: [410, 'This link is used up or has expired'],
  MERCHANT_NOT_FOUND: [404, 'Merchant not found'],
  UNREADABLE_IMAGE: [422, 'This picture cannot be read'],
  EXPORT_NOT_FOUND: [404, 'Export not found'],
  EXPORT_EXPIRED: [410, 'This download has expired'],
  TOO_MANY_EXPORTS: [429, 'Too many exports were asked for'],
} as const;
