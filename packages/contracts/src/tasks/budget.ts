import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { WEEKDAYS, type Weekday } from './review-schemas.ts';

const MINUTES_A_DAY = 1_440;
const minutes = z.int().min(0).max(MINUTES_A_DAY).nullable();

export const budgetBody = z.strictObject(
  Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, minutes.default(null)])) as Record<
    Weekday,
    z.ZodDefault<typeof minutes>
  >,
);
export type BudgetBody = z.output<typeof budgetBody>;

const weekdayMinutes = Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, z.int().nullable()])) as Record<
  Weekday,
  z.ZodNullable<z.ZodInt>
>;

export const budget = z
  .object({
    ...weekdayMinutes,
    version: z.int().meta({ description: '0 while nothing was set' }),
  })
  .meta({ id: 'Budget', description: 'Free minutes on each weekday; null says nothing about the day' });
export type Budget = z.infer<typeof budget>;

export const budgetRoutes = {
  getBudget: defineRoute({
    method: 'GET',
    path: '/v1/tasks/budget',
    summary: 'My free minutes on each weekday',
    auth: 'required',
    responses: { 200: budget },
    errors: [],
    conditional: true,
  }),
  putBudget: defineRoute({
    method: 'PUT',
    path: '/v1/tasks/budget',
    summary: 'Set my free minutes on each weekday; a day left out is not limited',
    auth: 'required',
    body: budgetBody,
    responses: { 200: budget },
    errors: [],
    conditional: true,
  }),
} as const;
