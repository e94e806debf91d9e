import type { Attachment } from '@spacedly/contracts';
import type { attachments } from '../schema.ts';

export type AttachmentRow = typeof attachments.$inferSelect;

/** An attachment as PostgreSQL's json_agg gives it inside a task. */
export interface AttachmentJson {
  id: string;
  task_id: string;
  name: string;
  mime_type: string;
  thumb_key: string | null;
  original_size_bytes: number;
  size_bytes: number;
  width: number | null;
  height: number | null;
  created_at: string;
}

/** Four digits are what anybody looks at. */
const ratioOf = (size: number, original: number) =>
  original === 0 ? 1 : Math.round((size / original) * 10_000) / 10_000;

type Shown = Omit<AttachmentRow, 'userId' | 'storageKey' | 'thumbSizeBytes'>;

export function presentAttachment(row: Shown): Attachment {
  const url = `/v1/attachments/${row.id}`;
  return {
    id: row.id,
    taskId: row.taskId,
    name: row.name,
    mimeType: row.mimeType,
    originalSize: row.originalSizeBytes,
    optimizedSize: row.sizeBytes,
    compressionRatio: ratioOf(row.sizeBytes, row.originalSizeBytes),
    width: row.width,
    height: row.height,
    url,
    thumbnailUrl: row.thumbKey === null ? null : `${url}?variant=thumb`,
    createdAt: row.createdAt.toISOString(),
  };
}

export function presentAttachmentJson(json: AttachmentJson): Attachment {
  return presentAttachment({
    id: json.id,
    taskId: json.task_id,
    name: json.name,
    mimeType: json.mime_type,
    thumbKey: json.thumb_key,
    originalSizeBytes: json.original_size_bytes,
    sizeBytes: json.size_bytes,
    width: json.width,
    height: json.height,
    createdAt: new Date(json.created_at),
  });
}
