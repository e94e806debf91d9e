import { getTableColumns, type Placeholder, type SQL, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { ReminderRow } from '../reminders/rules.ts';
import { reminders, tasks } from '../schema.ts';
import type { TaskRow } from './rules.ts';

/** The row that a table makes of what is to be inserted, so that it need not be read back. */
export function toRow<T extends PgTable>(table: T, values: T['$inferInsert']): T['$inferSelect'] {
  const given: Record<string, unknown> = values;
  const columns = Object.entries(getTableColumns(table));
  return Object.fromEntries(columns.map(([name, column]) => [name, given[name] ?? column.default ?? null]));
}

/** A place for each column. They are no parameters of their columns: the driver writes dates, lists and JSON itself. */
function placesFor(table: PgTable, prefix: string): Record<string, SQL<Placeholder>> {
  const names = Object.keys(getTableColumns(table));
  return Object.fromEntries(names.map((name) => [name, sql`${sql.placeholder(prefix + name)}`]));
}

const prefixed = (prefix: string, row: object) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [prefix + name, value]));

/** Writes a new task, with the reminder that it brings along, by one statement, which is its own transaction. */
export type InsertNew = (task: TaskRow, reminder: ReminderRow | null) => Promise<void>;

/**
 * Statements that are built once and prepared: building one took Node 0.2 ms of the 0.6 that a new task cost it, and
 * planning it took a fifth of the database's time.
 */
export function createInsertNew(db: NodePgDatabase): InsertNew {
  const insert = db.insert(tasks).values(placesFor(tasks, 'task_') as never);
  const alone = insert.prepare('insert_task');
  const task = db.$with('task').as(insert.returning({ id: tasks.id }));
  const withReminder = db
    .with(task)
    .insert(reminders)
    .values(placesFor(reminders, 'reminder_') as never)
    .prepare('insert_task_with_reminder');
  return async (row, reminder) => {
    const values = prefixed('task_', row);
    if (reminder === null) await alone.execute(values);
    else await withReminder.execute({ ...values, ...prefixed('reminder_', reminder) });
  };
}
