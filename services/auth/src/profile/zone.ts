import { type Db, isDatabaseUnavailable, Problem } from '@spacedly/kit';
import { sql } from 'drizzle-orm';

/**
 * Node and PostgreSQL each bring their own list of zones; a zone only one of them knows would fail in every
 * later query that counts the person's days.
 * @throws Problem VALIDATION_FAILED
 */
export async function assertZoneKnown(db: Db, timeZone: string): Promise<void> {
  try {
    await db.execute(sql`SELECT now() AT TIME ZONE ${timeZone}`);
  } catch (cause) {
    const errors = [{ path: 'body.timeZone', message: 'This time zone is not known to the database' }];
    throw isDatabaseUnavailable(cause) ? cause : new Problem('VALIDATION_FAILED', { errors, cause });
  }
}
