import { pgSchema, timestamp } from 'drizzle-orm/pg-core';

export const schema = pgSchema('notifications');

/** Instants to the millisecond, as JavaScript knows them. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
