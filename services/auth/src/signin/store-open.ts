import type { Role } from '@spacedly/contracts';
import type { Db } from '@spacedly/kit';
import { type SQL, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { takingBack } from '../limits/throttle.ts';
import { devices, refreshTokens, securityEvents, sessions, users } from '../schema.ts';
import { secondFactorIsOn } from './store-count.ts';

/** What a sign-in writes: the session with its first token, and a line of the security log. */
export interface Opening {
  userId: string;
  at: Date;
  ip: string;
  userAgent: string;
  sessionId: string;
  isRemembered: boolean;
  amr: readonly string[];
  sessionEndsAt: Date;
  tokenHash: string;
  tokenExpiresAt: Date;
  eventId: string;
  eventType: string;
  eventDetails: Record<string, string>;
}

/** By password, where nothing more is asked for and nobody has to be told. */
export interface PasswordOpening extends Opening {
  /** That the password fitted. */
  passwordHash: string;
  /** Of a device that is known. */
  deviceId: string | null;
  pardoned: string;
  throttled: string;
  counted: string;
}

const given = (name: keyof PasswordOpening, type: string) => sql`${sql.placeholder(name)}::${sql.raw(type)}`;

/** Notes the sign-in of a person who may; their row is locked until the transaction ends. */
const signingIn = (where: SQL = sql`true`) => sql`
  UPDATE ${users} SET last_login_at = ${given('at', 'timestamptz')}
  WHERE ${users.id} = ${given('userId', 'uuid')} AND ${users.deletedAt} IS NULL AND ${users.isActive} AND ${where}
  RETURNING id, role`;

const session = sql`
  INSERT INTO ${sessions} (id, user_id, user_agent, ip, is_remembered, amr, created_at, last_seen_at, ends_at)
  SELECT ${given('sessionId', 'uuid')}, id, ${given('userAgent', 'text')}, ${given('ip', 'text')},
    ${given('isRemembered', 'boolean')}, ${given('amr', 'text[]')}, ${given('at', 'timestamptz')},
    ${given('at', 'timestamptz')}, ${given('sessionEndsAt', 'timestamptz')}
  FROM person RETURNING id`;

const token = sql`
  INSERT INTO ${refreshTokens} (token_hash, session_id, created_at, expires_at)
  SELECT ${given('tokenHash', 'text')}, id, ${given('at', 'timestamptz')}, ${given('tokenExpiresAt', 'timestamptz')}
  FROM opened`;

const event = sql`
  INSERT INTO ${securityEvents} (id, user_id, type, ip, user_agent, details, created_at)
  SELECT ${given('eventId', 'uuid')}, id, ${given('eventType', 'text')}, ${given('ip', 'text')},
    ${given('userAgent', 'text')}, ${given('eventDetails', 'jsonb')}, ${given('at', 'timestamptz')}
  FROM person`;

/** One statement of these steps. @returns the role of the person, kept from changing until the transaction ends */
function statement(db: Db, name: string, steps: Record<string, SQL>) {
  const parts = Object.entries(steps).map(([step, text]) => db.$with(step, {}).as(text));
  return db
    .with(...parts)
    .select({ role: sql<Role>`role` })
    .from(sql`person`)
    .prepare(name);
}

/**
 * Writes what every sign-in writes, in one statement.
 * @returns the role of the person; null where they may not sign in any more, and nothing was written
 */
export async function writeOpening(tx: Db, opening: Opening): Promise<Role | null> {
  const steps = { person: signingIn(), opened: session, token, event };
  const [row] = await statement(tx, 'open_session', steps).execute({ ...opening });
  return row?.role ?? null;
}

/**
 * The same with all that a sign-in by password has besides: it goes through only if the password is still the one that
 * fitted and no second factor is on, the device was seen now, and what the attempt counted is taken back. As a statement
 * that is prepared, and a transaction of its own.
 * @returns null where it did not go through, and nothing was written
 */
export function createOpenByPassword(db: NodePgDatabase): (opening: PasswordOpening) => Promise<Role | null> {
  const keys = {
    pardoned: given('pardoned', 'text'),
    throttled: given('throttled', 'text'),
    counted: given('counted', 'text'),
  };
  // A reset that commits while this waits for the person's row is seen: the hash is compared with the newest one.
  const isStillRight = sql`${users.passwordHash} = ${given('passwordHash', 'text')} AND NOT ${secondFactorIsOn}`;
  const seen = sql`
    UPDATE ${devices} SET last_seen_at = ${given('at', 'timestamptz')}, ip = ${given('ip', 'text')},
      user_agent = ${given('userAgent', 'text')}
    FROM person WHERE ${devices.id} = ${given('deviceId', 'uuid')}`;
  const prepared = statement(db, 'open_session_by_password', {
    ...{ person: signingIn(isStillRight), opened: session, token, event, seen },
    // Last: all of a network wait for each other from here to the end of the commit.
    ...takingBack(keys, sql`EXISTS (SELECT FROM person)`),
  });
  return async (opening) => (await prepared.execute({ ...opening }))[0]?.role ?? null;
}
