import type { Preferences, PutPreferencesBody } from '@spacedly/contracts';
import { type Platform, Problem } from '@spacedly/kit';
import { nextCheck } from '../digest/rules.ts';
import type { FindContact } from '../fanout/contacts.ts';
import { mutedOf, presentPreferences } from './rules.ts';
import { findRecipient, insertRecipients, type RecipientRow, updateRecipient } from './store.ts';

/** Somebody's row, made now for people whose welcome has not been handled yet. */
async function rowOf(
  { database: { db }, now }: Platform,
  findContact: FindContact,
  userId: string,
): Promise<RecipientRow> {
  const known = await findRecipient(db, userId);
  if (known !== undefined) return known;
  const contact = await findContact(userId);
  if (contact === null) throw new Problem('UNAUTHENTICATED');
  await insertRecipients(db, [{ userId, timeZone: contact.timeZone, checkAt: now() }]);
  return (await findRecipient(db, userId)) as RecipientRow;
}

export async function getPreferences(
  platform: Platform,
  findContact: FindContact,
  userId: string,
): Promise<Preferences> {
  return presentPreferences(await rowOf(platform, findContact, userId));
}

/**
 * Replaces what somebody wants to hear.
 * @throws Problem PRECONDITION_FAILED
 */
export async function putPreferences(
  platform: Platform,
  findContact: FindContact,
  { userId, ifMatch }: { userId: string; ifMatch: number | null },
  { channels, quietHours, morningDigest, weeklyReview }: PutPreferencesBody,
): Promise<Preferences> {
  const before = await rowOf(platform, findContact, userId);
  const changes = {
    muted: mutedOf(channels),
    quietFrom: quietHours?.from ?? null,
    quietTo: quietHours?.to ?? null,
    isDigestOn: morningDigest.enabled,
    digestHour: morningDigest.hour,
    isWeeklyOn: weeklyReview,
  };
  const checkAt = nextCheck({ ...before, ...changes }, platform.now());
  const row = await updateRecipient(platform.database.db, { userId, ifMatch }, { ...changes, checkAt });
  if (row === undefined) throw new Problem('PRECONDITION_FAILED');
  return presentPreferences(row);
}
