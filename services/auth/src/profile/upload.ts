import { Problem } from '@spacedly/kit';
import type { FastifyRequest } from 'fastify';

interface UploadError {
  code?: string;
  statusCode?: number;
}

/** What the multipart parser threw, in our words. */
function toProblem(error: unknown): unknown {
  const { code, statusCode } = error as UploadError;
  if (code === 'FST_REQ_FILE_TOO_LARGE') return new Problem('PAYLOAD_TOO_LARGE');
  if (code === 'FST_INVALID_MULTIPART_CONTENT_TYPE') {
    return new Problem('UNSUPPORTED_MEDIA_TYPE', { detail: 'Send multipart/form-data' });
  }
  const isBrokenBody = error instanceof Error && !(error instanceof Problem) && (statusCode ?? 400) < 500;
  return isBrokenBody ? new Problem('MALFORMED_REQUEST', { cause: error }) : error;
}

/**
 * The one file of a multipart request, in memory.
 * @throws Problem PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, MALFORMED_REQUEST, VALIDATION_FAILED when there is none
 */
export async function readUpload(request: FastifyRequest, maxBytes: number): Promise<Buffer> {
  try {
    const part = await request.file({ limits: { fileSize: maxBytes, files: 1, fields: 10, parts: 11 } });
    if (part === undefined) {
      const errors = [{ path: 'body.file', message: 'Send one file' }];
      throw new Problem('VALIDATION_FAILED', { errors });
    }
    return await part.toBuffer();
  } catch (error) {
    throw toProblem(error);
  }
}
