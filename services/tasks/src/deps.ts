import type { Outbox } from '@spacedly/kit';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { InsertNew } from './items/store-insert.ts';
import type { Zones } from './people/zones.ts';
import type { FindSettings } from './reminders/store-settings.ts';

/** What the functions of this service work with. */
export interface TasksDeps {
  db: NodePgDatabase;
  outbox: Outbox;
  zones: Zones;
  now: () => Date;
  insertNew: InsertNew;
  findReminderSettings: FindSettings;
}

/** A task or reminder of a person, and the version the change is based on. */
export interface Target {
  userId: string;
  id: string;
  ifMatch: number | null;
}
