import type { ReminderSettings } from '@spacedly/contracts';
import type { TasksDeps } from '../deps.ts';
import { assertVersion } from '../items/service-change.ts';
import { presentSettings, type SettingsRow } from './rules.ts';
import { lockSettings, updateSettings } from './store-settings.ts';

/** Changes what a person wants by default; reminders that are there already stay. @throws Problem PRECONDITION_FAILED */
export async function changeSettings(
  { db }: TasksDeps,
  { userId, ifMatch }: { userId: string; ifMatch: number | null },
  changes: Partial<Omit<SettingsRow, 'userId' | 'version'>>,
): Promise<ReminderSettings> {
  const row = await db.transaction(async (tx) => {
    assertVersion(await lockSettings(tx, userId), ifMatch);
    return updateSettings(tx, userId, changes);
  });
  return presentSettings(row);
}
