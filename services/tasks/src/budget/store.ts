import type { Budget, BudgetBody } from '@spacedly/contracts';
import type { Db } from '@spacedly/kit';
import { and, eq, sql } from 'drizzle-orm';
import { dayBudgets } from '../schema.ts';
import { NO_BUDGET } from './rules.ts';

type Row = typeof dayBudgets.$inferSelect;

function toBudget({ userId: _, ...budget }: Row): Budget {
  return budget;
}

export async function findBudget(db: Db, userId: string): Promise<Budget> {
  const [row] = await db.select().from(dayBudgets).where(eq(dayBudgets.userId, userId));
  return row === undefined ? NO_BUDGET : toBudget(row);
}

/** Null when `ifMatch` no longer fits. Version 0 is that of a budget never written. */
export async function upsertBudget(
  db: Db,
  userId: string,
  body: BudgetBody,
  ifMatch: number | null,
): Promise<Budget | null> {
  const changes = { ...body, version: sql`${dayBudgets.version} + 1` };
  const isFitting = ifMatch === null ? undefined : eq(dayBudgets.version, ifMatch);
  const rows =
    ifMatch !== null && ifMatch > 0
      ? await db
          .update(dayBudgets)
          .set(changes)
          .where(and(eq(dayBudgets.userId, userId), isFitting))
          .returning()
      : await db
          .insert(dayBudgets)
          .values({ userId, ...body })
          .onConflictDoUpdate({
            target: dayBudgets.userId,
            set: changes,
            ...(isFitting && { setWhere: isFitting }),
          })
          .returning();
  return rows[0] === undefined ? null : toBudget(rows[0]);
}
