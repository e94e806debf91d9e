import { z } from 'zod';
import { defineRoute } from '../contract.ts';

const completed = z.int().meta({ description: 'Tasks and reminders completed' });
const reviewed = z.int().meta({ description: 'Reviews graded' });

export const analytics = z
  .object({
    timeZone: z.string(),
    totalTasks: z.int(),
    completedTasks: z.int(),
    completedReminders: z.int(),
    upcomingReminders: z.int(),
    overdueReminders: z.int().meta({ description: 'Their time has come and nobody answered them' }),
    dailyData: z
      .array(z.object({ date: z.string(), completed, reviewed }))
      .meta({ description: 'The last 7 days in my time zone, today last' }),
    weeklyData: z
      .array(z.object({ week: z.string().meta({ description: 'Its Monday' }), completed, reviewed }))
      .meta({ description: 'The last 4 weeks from Monday to Sunday, this week last' }),
    categoryData: z
      .array(z.object({ category: z.string(), count: z.int(), percent: z.number() }))
      .meta({ description: 'Largest first; tasks of no category are "Uncategorized"' }),
    statusData: z.array(z.object({ status: z.string(), count: z.int(), percent: z.number() })),
    reviewRetention: z
      .object({
        reviews: z.int(),
        remembered: z.int(),
        retention: z.number().nullable(),
      })
      .meta({ description: 'Reviews of the last 30 days, learning steps left out' }),
  })
  .meta({ id: 'Analytics' });
export type Analytics = z.infer<typeof analytics>;

export const heatmapQuery = z.strictObject({
  year: z.coerce.number().int().min(1970).max(9_998).optional().meta({ description: 'Default: this year' }),
});

export const heatmap = z
  .object({
    year: z.int(),
    timeZone: z.string(),
    days: z
      .array(z.object({ date: z.string(), count: z.int() }))
      .meta({ description: 'Days with something done (tasks, reminders, reviews); the others are left out' }),
  })
  .meta({ id: 'Heatmap' });
export type Heatmap = z.infer<typeof heatmap>;

export const analyticsRoutes = {
  getAnalytics: defineRoute({
    method: 'GET',
    path: '/v1/analytics',
    summary: 'Numbers about my tasks, reminders and reviews, in my own days',
    auth: 'required',
    responses: { 200: analytics, 304: null },
    errors: [],
  }),
  getHeatmap: defineRoute({
    method: 'GET',
    path: '/v1/analytics/heatmap',
    summary: 'How much I did on each day of a year',
    auth: 'required',
    query: heatmapQuery,
    responses: { 200: heatmap, 304: null },
    errors: [],
  }),
} as const;
