import { Problem } from '@spacedly/kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { contentDisposition, downloadName, parseRange } from './headers.ts';
import type { AttachmentRow } from './present.ts';
import type { AttachmentDeps } from './service.ts';
import { findAttachment } from './store.ts';

type Variant = 'original' | 'thumb';

interface Shown {
  key: string;
  mimeType: string;
  sizeBytes: number;
  etag: string;
  disposition: string;
}

/** What of an attachment is asked for; the thumbnail of what has none is its file. */
function shownOf(row: AttachmentRow, variant: Variant): Shown {
  const isThumb = variant === 'thumb' && row.thumbKey !== null;
  const mimeType = isThumb ? 'image/webp' : row.mimeType;
  return {
    key: isThumb ? (row.thumbKey as string) : row.storageKey,
    mimeType: mimeType.startsWith('text/') ? `${mimeType}; charset=utf-8` : mimeType,
    sizeBytes: isThumb ? (row.thumbSizeBytes as number) : row.sizeBytes,
    etag: `"${row.id}${isThumb ? '-thumb' : ''}"`,
    // Pictures are what we made of them; anything else a browser saves rather than opens.
    disposition: contentDisposition(
      downloadName(row.name, mimeType),
      mimeType.startsWith('image/') ? 'inline' : 'attachment',
    ),
  };
}

function setHeaders(reply: FastifyReply, { mimeType, etag, disposition }: Shown): void {
  reply
    .type(mimeType)
    .header('content-disposition', disposition)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cache-control', 'private, max-age=300')
    .header('accept-ranges', 'bytes')
    .header('etag', etag);
}

/** The range to send; `If-Range` that no longer fits asks for the whole (RFC 9110, section 13.1.5). */
function rangeOf(request: FastifyRequest, reply: FastifyReply, { sizeBytes, etag }: Shown) {
  const ifRange = request.headers['if-range'];
  const wanted = ifRange !== undefined && ifRange !== etag ? undefined : request.headers.range;
  const range = parseRange(wanted, sizeBytes);
  if (range !== null) return range;
  reply.header('content-range', `bytes */${sizeBytes}`);
  throw new Problem('RANGE_NOT_SATISFIABLE');
}

const isFresh = (request: FastifyRequest, etag: string) =>
  (request.headers['if-none-match'] ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);

/**
 * Answers with a file, or a part of it, or where it can be had from the storage itself.
 * @throws Problem ATTACHMENT_NOT_FOUND, RANGE_NOT_SATISFIABLE
 */
export async function sendAttachment(
  { db, storage }: AttachmentDeps,
  { userId, id, variant }: { userId: string; id: string; variant: Variant },
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<FastifyReply> {
  const row = await findAttachment(db, { userId, id });
  if (row === null) throw new Problem('ATTACHMENT_NOT_FOUND');
  const shown = shownOf(row, variant);
  const url = await storage.downloadUrl(shown.key, {
    contentType: shown.mimeType,
    contentDisposition: shown.disposition,
  });
  if (url !== null)
    return reply.code(302).header('cache-control', 'private, no-store').header('location', url).send();
  if (isFresh(request, shown.etag)) {
    return reply.code(304).header('etag', shown.etag).header('cache-control', 'private, max-age=300').send();
  }
  const range = rangeOf(request, reply, shown);
  const file = await storage.get(shown.key, range === 'whole' ? undefined : range);
  if (file === null) throw new Problem('ATTACHMENT_NOT_FOUND');
  setHeaders(reply, shown);
  if (range === 'whole') return reply.header('content-length', shown.sizeBytes).send(file.stream);
  return reply
    .code(206)
    .header('content-range', `bytes ${range.start}-${range.end}/${shown.sizeBytes}`)
    .header('content-length', range.end - range.start + 1)
    .send(file.stream);
}
