import { sha256 } from '@spacedly/kit';
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { readUser, rowJson } from '../accounts/json.ts';
import type { UserRow } from '../accounts/store.ts';
import type { Limit } from '../limits/counters.ts';
import type { Throttled } from '../limits/throttle.ts';
import { devices, secondFactors, sessions, users } from '../schema.ts';

/** Who tries to sign in, and what it counts against. */
export interface Try {
  /** As it was typed. */
  identifier: string;
  throttled: readonly Throttled[];
  network: { key: string } & Limit;
  deviceToken: string | undefined;
  ip: string;
  userAgent: string;
  /** Sessions that began before say nothing about which devices are the person's. */
  familiarSince: Date;
  now: Date;
}

/** Whose account it is, and what a sign-in to it has to know. */
export interface Account {
  user: UserRow;
  /** The device that the token names, if it is this person's. */
  deviceId: string | null;
  /** Signed in with this very browser from this very address before. */
  isSeen: boolean;
  hasSecondFactor: boolean;
}

export interface Counted {
  /** The key that refuses another attempt; null where it was counted and may go on. */
  refusedBy: string | null;
  retryAfterSeconds: number;
  /** Null where there is none. */
  account: Account | null;
}

const given = (name: string, type: string) => sql`${sql.placeholder(name)}::${sql.raw(type)}`;

/** A second factor that is on: for a person of the table `users` in the same statement. */
export const secondFactorIsOn = sql`EXISTS (
  SELECT FROM ${secondFactors} WHERE ${secondFactors.userId} = ${users.id}
    AND (${secondFactors.totpConfirmedAt} IS NOT NULL OR ${secondFactors.isEmailOn}))`;

const deviceId = sql<string | null>`(SELECT ${devices.id} FROM ${devices}
  WHERE ${devices.tokenHash} = ${given('deviceTokenHash', 'text')} AND ${devices.userId} = ${users.id})`;

const isSeen = sql<boolean>`EXISTS (
  SELECT FROM ${sessions} WHERE ${sessions.userId} = ${users.id} AND ${sessions.createdAt} > ${given('familiarSince', 'timestamptz')}
    AND ${sessions.ip} = ${given('ip', 'text')} AND ${sessions.userAgent} = ${given('userAgent', 'text')})`;

const counting = sql`auth.count_sign_in(${given('throttled', 'jsonb')}, ${given('networkKey', 'text')},
  ${given('networkMax', 'int')}, ${given('networkWindowMs', 'int')}, ${given('now', 'timestamptz')}) AS counted`;

const askingFor = (db: NodePgDatabase, name: string, column: SQL) =>
  db
    .select({
      refusedBy: sql<string | null>`counted.refused_by`,
      retryAfterSeconds: sql<number | null>`counted.retry_after_seconds`,
      user: sql<Record<string, unknown> | null>`CASE WHEN ${users.id} IS NOT NULL THEN ${rowJson(users)} END`,
      deviceId,
      isSeen,
      hasSecondFactor: sql<boolean>`${secondFactorIsOn}`,
    })
    .from(counting)
    .leftJoin(users, and(eq(column, sql.placeholder('identifier')), isNull(users.deletedAt)))
    .prepare(name);

/**
 * Counts an attempt before its password is looked at and reads whose it is, by e-mail (without regard to case), phone or
 * username: one statement that is prepared, and one commit that is not waited for.
 */
export function createCountTry(db: NodePgDatabase): (asked: Try) => Promise<Counted> {
  const byEmail = askingFor(db, 'count_sign_in_by_email', sql`lower(${users.email})`);
  const byPhone = askingFor(db, 'count_sign_in_by_phone', sql`${users.phone}`);
  const byUsername = askingFor(db, 'count_sign_in_by_username', sql`${users.username}`);
  return async ({ throttled, network, deviceToken, ...asked }) => {
    const identifier = asked.identifier.trim().toLowerCase();
    const statement = identifier.includes('@') ? byEmail : identifier.startsWith('+') ? byPhone : byUsername;
    const [row] = await statement.execute({
      ...asked,
      identifier,
      throttled: JSON.stringify(throttled),
      networkKey: network.key,
      networkMax: network.max,
      networkWindowMs: network.windowMs,
      deviceTokenHash: deviceToken === undefined ? null : sha256(deviceToken),
    });
    const { user = null, refusedBy = null, retryAfterSeconds, ...known } = row ?? {};
    const account = user === null ? null : ({ ...known, user: readUser(user) } as Account);
    return { refusedBy, retryAfterSeconds: retryAfterSeconds ?? 0, account };
  };
}
