import { z } from 'zod';
import { id, instantOut, page, text } from '../fields.ts';

export const searchType = z.enum(['task', 'doc', 'comment']);
export type SearchType = z.infer<typeof searchType>;

export const searchQuery = z.strictObject({
  ...page,
  q: text({ min: 1, max: 200 }).meta({
    description: 'Words, "phrases", -without, or; the last word may be a beginning',
  }),
  type: z
    .string()
    .max(40)
    .transform((value) => [...new Set(value.split(','))])
    .pipe(z.array(searchType).min(1))
    .optional()
    .meta({ description: 'Some of `task,doc,comment`; all by default' }),
});
export type SearchQuery = z.output<typeof searchQuery>;

export const searchHit = z
  .object({
    type: searchType,
    id,
    docId: id.nullable().meta({ description: 'The document a comment belongs to' }),
    title: z.string(),
    titleHtml: z.string().meta({ description: 'Escaped, found words in `<mark>`' }),
    snippetHtml: z.string().meta({ description: 'Escaped, found words in `<mark>`' }),
    rank: z.number(),
    updatedAt: instantOut,
  })
  .meta({ id: 'SearchHit' });
export type SearchHit = z.infer<typeof searchHit>;
