import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { id, instantOut } from '../fields.ts';

const words = z.string().min(1).max(400);

export const searchTasksBody = z.strictObject({
  userId: id,
  groups: z
    .array(z.strictObject({ all: z.array(words).min(1).max(200), none: z.array(words).max(200) }))
    .min(1)
    .max(100)
    .meta({ description: 'One of these is enough: all that must be there, and none of what must not' }),
  q: z.string().max(2_000).meta({ description: 'The same for `websearch_to_tsquery`, to rank by' }),
  isPrefix: z.boolean().meta({ description: 'Whether the last word of `q` may be a beginning' }),
  alike: z
    .array(words)
    .max(100)
    .nullable()
    .meta({ description: 'To look for titles that say nearly these words instead' }),
  pattern: z.string().max(4_000).meta({ description: 'A regular expression for what is worth showing' }),
  limit: z.int().min(1).max(101),
  after: z.strictObject({ rank: z.int(), id }).nullable(),
});
export type SearchTasksBody = z.output<typeof searchTasksBody>;

export const taskHit = z.object({
  id,
  title: z.string(),
  text: z.string(),
  isCutBefore: z.boolean(),
  isCutAfter: z.boolean(),
  rank: z.int().meta({ description: 'In millionths' }),
  updatedAt: instantOut,
});
export type TaskHit = z.infer<typeof taskHit>;

/** What the search over everything asks for. */
export const taskSearchRoutes = {
  searchTasks: defineRoute({
    method: 'POST',
    path: '/internal/tasks/search',
    summary: 'The best of the newest tasks of a person that say some words',
    auth: 'internal',
    body: searchTasksBody,
    responses: { 200: z.object({ items: z.array(taskHit) }) },
    errors: [],
  }),
} as const;
