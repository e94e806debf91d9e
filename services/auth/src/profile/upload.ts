import { Problem, toMultipartProblem } from '@spacedly/kit';
import type { FastifyRequest } from 'fastify';

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
    throw toMultipartProblem(error);
  }
}
