import { randomBytes } from 'node:crypto';
import type { CalendarFeed } from '@spacedly/contracts';
import { type IdempotencyClaim, once, Problem, type Secrets, sha256 } from '@spacedly/kit';
import { dayIn } from '../analytics/rules.ts';
import type { TasksDeps } from '../deps.ts';
import { addDays, startOfDay } from '../people/days.ts';
import { idempotencyKeys } from '../schema.ts';
import { writeCalendar } from './ics.ts';
import type { CalendarRow } from './rules.ts';
import { findWithin } from './store.ts';
import { deleteFeed, type FeedRow, findFeed, findFeedOwner, replaceFeed } from './store-feed.ts';

export interface FeedDeps extends TasksDeps {
  secrets: Pick<Secrets, 'seal' | 'open'>;
  /** Address people use. */
  publicUrl: string;
}

const TOKEN_BYTES = 32;

function present({ secrets, publicUrl }: FeedDeps, row: FeedRow): CalendarFeed {
  const url = `${publicUrl}/v1/calendar/${secrets.open(row.sealedToken)}.ics`;
  return { url, createdAt: row.createdAt.toISOString() };
}

/** @throws Problem CALENDAR_FEED_NOT_FOUND */
export async function getFeed(deps: FeedDeps, userId: string): Promise<CalendarFeed> {
  const row = await findFeed(deps.db, userId);
  if (row === null) throw new Problem('CALENDAR_FEED_NOT_FOUND');
  return present(deps, row);
}

/**
 * Makes a new secret address; the one before ends. The kept answer of an idempotency key holds no token, so that none
 * lies in the database unsealed: a repeated request is answered with the address there is.
 * @throws Problem IDEMPOTENCY_KEY_REUSED
 */
export async function createFeed(
  deps: FeedDeps,
  userId: string,
  idempotency: IdempotencyClaim | null,
): Promise<CalendarFeed> {
  await deps.db.transaction((tx) =>
    once(tx, idempotencyKeys, idempotency, async () => {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      const sealedToken = deps.secrets.seal(token);
      await replaceFeed(tx, { userId, tokenHash: sha256(token), sealedToken, createdAt: deps.now() });
      return {};
    }),
  );
  return getFeed(deps, userId);
}

/** @throws Problem CALENDAR_FEED_NOT_FOUND */
export async function removeFeed({ db }: FeedDeps, userId: string): Promise<void> {
  if (!(await deleteFeed(db, userId))) throw new Problem('CALENDAR_FEED_NOT_FOUND');
}

const DAYS_BACK = 90;
const DAYS_AHEAD = 366;
/** What programs that read calendars still cope with; the soonest are kept. */
const MAX_ITEMS = 5_000;

async function readItems({ db, now }: FeedDeps, userId: string, timeZone: string): Promise<CalendarRow[]> {
  const today = dayIn(timeZone, now());
  const window = {
    from: startOfDay(addDays(today, -DAYS_BACK), timeZone),
    to: startOfDay(addDays(today, DAYS_AHEAD), timeZone),
  };
  return findWithin(db, { userId, timeZone }, window, { limit: MAX_ITEMS, after: null });
}

/**
 * The calendar behind a secret address.
 * @throws Problem CALENDAR_FEED_NOT_FOUND
 */
export async function readFeed(deps: FeedDeps, token: string, as: 'event' | 'todo'): Promise<string> {
  const userId = await findFeedOwner(deps.db, sha256(token));
  if (userId === null) throw new Problem('CALENDAR_FEED_NOT_FOUND');
  const timeZone = await deps.zones.of(userId);
  const items = await readItems(deps, userId, timeZone);
  return writeCalendar(items, { as, timeZone, publicUrl: deps.publicUrl });
}
