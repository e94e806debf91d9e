import type { Role } from '@spacedly/contracts';

/** Who a request acts for, from a verified access token. */
export interface Identity {
  userId: string;
  sessionId: string;
  role: Role;
  /** What a personal access token may do; null for a person who signed in, who may do all that is theirs. */
  scopes: readonly string[] | null;
  /** The admin who acts as this person (`act`, RFC 8693); null for the person themselves. */
  impersonatedBy: string | null;
}
