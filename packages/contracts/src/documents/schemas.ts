import { z } from 'zod';
import { flag, id, instantOut, isStorable, notEmpty, page, text } from '../fields.ts';

/** Bytes of the text of a document in UTF-8. */
export const DOCUMENT_MAX_BYTES = 1_048_576;
/** Bytes of a JSON body with such a text, each byte of which may be written as `\\u0001`. */
export const DOCUMENT_BODY_BYTES = 6 * DOCUMENT_MAX_BYTES + 65_536;
const encoder = new TextEncoder();

export const visibility = z.enum(['private', 'shared', 'public']).meta({
  description:
    '`private`: its owner alone. `shared`: also those it is shared with, and editors of its department. `public`: anybody may read it, without an account too.',
});
export type Visibility = z.infer<typeof visibility>;

/** What a share allows; each includes those before it. */
export const shareAccess = z.enum(['read', 'comment', 'write']);
export type ShareAccess = z.infer<typeof shareAccess>;

/** What the caller may do with a document; `owner` is everything. */
export const documentAccess = z.enum(['read', 'comment', 'write', 'owner']);
export type DocumentAccess = z.infer<typeof documentAccess>;

/** Somebody as others see them beside what they wrote; null where the account is gone. */
export const personRef = z
  .object({ id, name: z.string(), username: z.string().nullable(), avatarUrl: z.string().nullable() })
  .meta({ id: 'PersonRef' });
export type PersonRef = z.infer<typeof personRef>;

const documentHead = {
  id,
  title: z.string(),
  tags: z.array(z.string()),
  visibility,
  department: z.string().nullable(),
  ownerId: id,
  owner: personRef.nullable(),
  access: documentAccess.meta({ description: 'What I may do with it' }),
  version: z.int(),
  deletedAt: instantOut.nullable().meta({ description: 'Since when it is in the bin' }),
  createdAt: instantOut,
  updatedAt: instantOut,
};

export const documentSummary = z.object(documentHead).meta({ id: 'DocumentSummary' });
export type DocumentSummary = z.infer<typeof documentSummary>;

export const document = z
  .object({ ...documentHead, content: z.string().meta({ description: 'Markdown' }) })
  .meta({ id: 'Document' });
export type Document = z.infer<typeof document>;

const documentFields = {
  title: text({ min: 1, max: 200 }),
  // Not `text`, which counts code points one by one: a megabyte of them takes its time.
  content: z
    .string()
    .max(DOCUMENT_MAX_BYTES, 'Must be at most 1 MB')
    .refine(isStorable, 'Contains characters that cannot be stored')
    .refine((value) => encoder.encode(value).length <= DOCUMENT_MAX_BYTES, 'Must be at most 1 MB')
    .meta({ description: 'Markdown, at most 1 MB in UTF-8', maxLength: DOCUMENT_MAX_BYTES }),
  tags: z
    .array(text({ min: 1, max: 30 }))
    .max(10)
    .refine((tags) => new Set(tags).size === tags.length, 'Has a tag twice'),
  visibility,
  department: text({ min: 1, max: 80 }).nullable(),
};

export const createDocumentBody = z.strictObject(documentFields).partial().required({ title: true });
export type CreateDocumentBody = z.output<typeof createDocumentBody>;

export const updateDocumentBody = notEmpty(z.strictObject(documentFields).partial());
export type UpdateDocumentBody = z.output<typeof updateDocumentBody>;

export const listDocumentsQuery = z.strictObject({
  ...page,
  filter: z.enum(['mine', 'shared']).optional().meta({
    description: '`mine`, or `shared` for what others let me see; without, both',
  }),
  tag: text({ min: 1, max: 30 }).optional(),
  deleted: flag.optional().meta({ description: '1 for what is in my bin' }),
});
export type ListDocumentsQuery = z.output<typeof listDocumentsQuery>;

export const documentVersion = z
  .object({
    version: z.int(),
    title: z.string(),
    tags: z.array(z.string()),
    authorId: id,
    author: personRef.nullable(),
    sizeBytes: z.int(),
    restoredFrom: z.int().nullable().meta({ description: 'The version this one brought back' }),
    createdAt: instantOut,
  })
  .meta({ id: 'DocumentVersion' });
export type DocumentVersion = z.infer<typeof documentVersion>;

export const documentVersionFull = documentVersion
  .extend({ content: z.string() })
  .meta({ id: 'DocumentVersionFull' });
export type DocumentVersionFull = z.infer<typeof documentVersionFull>;

export const documentDiff = z
  .object({
    from: z.int(),
    to: z.int(),
    title: z.object({ from: z.string(), to: z.string() }).nullable().meta({
      description: 'Null where it is the same',
    }),
    tags: z.object({ added: z.array(z.string()), removed: z.array(z.string()) }),
    isCut: z.boolean().meta({ description: 'Whether the texts differ in more lines than are shown' }),
    addedLines: z.int(),
    removedLines: z.int(),
    hunks: z.array(
      z.object({
        fromLine: z.int().meta({ description: 'First line in the older text, from 1' }),
        toLine: z.int(),
        lines: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
      }),
    ),
  })
  .meta({ id: 'DocumentDiff' });
export type DocumentDiff = z.infer<typeof documentDiff>;

export const listVersionsQuery = z.strictObject({ ...page });
export type ListVersionsQuery = z.output<typeof listVersionsQuery>;

const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647);

export const versionParams = z.object({ docId: id, version: versionNumber });

export const diffQuery = z.strictObject({
  from: versionNumber,
  to: versionNumber.optional().meta({ description: 'Without it the present version' }),
});
export type DiffQuery = z.output<typeof diffQuery>;

/** One comment with its replies, down to the third level. */
export interface Comment {
  id: string;
  docId: string;
  parentId: string | null;
  depth: number;
  authorId: string | null;
  author: PersonRef | null;
  content: string | null;
  isDeleted: boolean;
  version: number;
  createdAt: string;
  updatedAt: string;
  replies: Comment[];
}

export const comment: z.ZodType<Comment> = z
  .object({
    id,
    docId: id,
    parentId: id.nullable(),
    depth: z.int().min(0).max(2),
    authorId: id.nullable().meta({ description: 'Null for a tombstone' }),
    author: personRef.nullable(),
    content: z.string().nullable().meta({ description: 'Null for a tombstone: deleted, but with replies' }),
    isDeleted: z.boolean(),
    version: z.int(),
    createdAt: instantOut,
    updatedAt: instantOut,
    get replies() {
      return z.array(comment);
    },
  })
  .meta({ id: 'Comment' });

export const createCommentBody = z.strictObject({
  content: text({ min: 1, max: 2_000 }).meta({ description: '`@username` tells those who can see it' }),
  parentId: id.nullable().optional(),
});
export type CreateCommentBody = z.output<typeof createCommentBody>;

/** Replies under one first comment, which come with it in one piece. */
export const MAX_REPLIES = 200;
/** People one comment can tell by naming them. */
export const MAX_MENTIONS = 20;

export const updateCommentBody = z.strictObject({ content: text({ min: 1, max: 2_000 }) });

export const listCommentsQuery = z.strictObject({ ...page });
