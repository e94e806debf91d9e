import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { id, instantOut, listOf } from '../fields.ts';

export const ATTACHMENT_MAX_BYTES = 10 * 1_048_576;
export const ATTACHMENT_MAX_FILES = 10;
/** Extensions that are taken. */
export const ATTACHMENT_TYPES = [
  'jpg',
  'jpeg',
  'png',
  'gif',
  'webp',
  'avif',
  'pdf',
  'doc',
  'docx',
  'txt',
  'md',
  'csv',
  'xls',
  'xlsx',
  'ppt',
  'pptx',
] as const;

export const attachment = z
  .object({
    id,
    taskId: id,
    name: z.string(),
    mimeType: z.string(),
    originalSize: z.int().meta({ description: 'Bytes as uploaded' }),
    optimizedSize: z
      .int()
      .meta({ description: 'Bytes as stored and downloaded; the same for what is no image' }),
    compressionRatio: z.number().meta({ description: 'optimizedSize / originalSize' }),
    width: z.int().nullable(),
    height: z.int().nullable(),
    url: z.string(),
    thumbnailUrl: z
      .string()
      .nullable()
      .meta({ description: 'Images only: at most 320 pixels wide and high' }),
    createdAt: instantOut,
  })
  .meta({ id: 'Attachment' });
export type Attachment = z.infer<typeof attachment>;

const params = z.object({ attachmentId: id });

export const attachmentRoutes = {
  createAttachments: defineRoute({
    method: 'POST',
    path: '/v1/tasks/:taskId/attachments',
    summary: 'Attach files to a task: all of them or, when one cannot be taken, none',
    description:
      'The type is decided by the content and must agree with the extension. Pictures are turned upright, fitted into 1920×1080 and rid of their metadata.',
    auth: 'required',
    params: z.object({ taskId: id }),
    upload: {
      field: 'files',
      maxBytes: ATTACHMENT_MAX_BYTES,
      maxFiles: ATTACHMENT_MAX_FILES,
      types: ATTACHMENT_TYPES,
    },
    responses: { 201: listOf(attachment) },
    errors: [
      'TASK_NOT_FOUND',
      'TASK_FORBIDDEN',
      'MALFORMED_REQUEST',
      'ATTACHMENT_TOO_LARGE',
      'TOO_MANY_FILES',
      'PAYLOAD_TOO_LARGE',
      'ATTACHMENT_TYPE',
      'UNSUPPORTED_MEDIA_TYPE',
      'UNREADABLE_IMAGE',
      'ATTACHMENT_QUOTA',
      'ATTACHMENT_LIMIT',
    ],
    idempotent: true,
  }),
  listAttachments: defineRoute({
    method: 'GET',
    path: '/v1/tasks/:taskId/attachments',
    summary: 'The files of a task, oldest first',
    auth: 'required',
    params: z.object({ taskId: id }),
    responses: { 200: listOf(attachment) },
    errors: ['TASK_NOT_FOUND'],
  }),
  getAttachment: defineRoute({
    method: 'GET',
    path: '/v1/attachments/:attachmentId',
    summary: 'Download a file, whole or in part (`Range`); some storages answer with a redirect',
    auth: 'required',
    params,
    query: z.strictObject({ variant: z.enum(['original', 'thumb']).default('original') }),
    produces: 'application/octet-stream',
    responses: { 200: 'stream', 206: 'stream', 302: null },
    errors: ['ATTACHMENT_NOT_FOUND', 'RANGE_NOT_SATISFIABLE'],
  }),
  deleteAttachment: defineRoute({
    method: 'DELETE',
    path: '/v1/attachments/:attachmentId',
    summary: 'Delete a file',
    auth: 'required',
    params,
    responses: { 204: null },
    errors: ['ATTACHMENT_NOT_FOUND', 'TASK_FORBIDDEN'],
  }),
} as const;
