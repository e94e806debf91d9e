import type { Config, Outbox, Secrets, Storage } from '@spacedly/kit';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { SigningKeys } from './keys/service.ts';
import type { PasswordHasher } from './passwords/hasher.ts';

/** What the functions of this service work with. */
export interface AuthDeps {
  db: NodePgDatabase;
  config: Config;
  outbox: Outbox;
  secrets: Secrets;
  keys: SigningKeys;
  hasher: PasswordHasher;
  storage: Storage;
  now: () => Date;
}

/** Where a request comes from, as the security log and the session list show it. */
export interface Origin {
  ip: string;
  userAgent: string;
}
