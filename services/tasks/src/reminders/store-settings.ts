import type { Db } from '@spacedly/kit';
import { eq, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { reminderSettings } from '../schema.ts';
import { DEFAULT_SETTINGS, type SettingsRow } from './rules.ts';

/** The person's settings, or the defaults with version 0. */
export async function findSettings(db: Db, userId: string): Promise<SettingsRow> {
  const [row] = await db.select().from(reminderSettings).where(eq(reminderSettings.userId, userId));
  return row ?? { ...DEFAULT_SETTINGS, userId, version: 0 };
}

export type FindSettings = (userId: string) => Promise<SettingsRow>;

/** The same outside of transactions, by a statement that is built once: asked with each task that has a due date. */
export function createFindSettings(db: NodePgDatabase): FindSettings {
  const statement = db
    .select()
    .from(reminderSettings)
    .where(eq(reminderSettings.userId, sql.placeholder('userId')))
    .prepare('reminder_settings');
  return async (userId) => {
    const [row] = await statement.execute({ userId });
    return row ?? { ...DEFAULT_SETTINGS, userId, version: 0 };
  };
}

/** Makes sure there is a row and locks it until the transaction ends. A new one has version 0 until it is changed. */
export async function lockSettings(tx: Db, userId: string): Promise<SettingsRow> {
  await tx
    .insert(reminderSettings)
    .values({ ...DEFAULT_SETTINGS, userId, version: 0 })
    .onConflictDoNothing();
  const [row] = await tx
    .select()
    .from(reminderSettings)
    .where(eq(reminderSettings.userId, userId))
    .for('update');
  return row as SettingsRow;
}

export async function updateSettings(
  tx: Db,
  userId: string,
  changes: Partial<Omit<SettingsRow, 'userId' | 'version'>>,
): Promise<SettingsRow> {
  const [row] = await tx
    .update(reminderSettings)
    .set({ ...changes, version: sql`${reminderSettings.version} + 1` })
    .where(eq(reminderSettings.userId, userId))
    .returning();
  return row as SettingsRow;
}
