import { pgSchema, timestamp } from 'drizzle-orm/pg-core';

/** The part of the database that is this service's. Kept apart so that every file with tables can begin with it. */
export const schema = pgSchema('documents');

/** An instant with milliseconds, in UTC. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
