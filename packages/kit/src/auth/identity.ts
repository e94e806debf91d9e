import type { Role } from '@spacedly/contracts';

/** Who a request acts for, from a verified access token. */
export interface Identity {
  userId: string;
  sessionId: string;
  role: Role;
}
