import { Problem } from '../problem.ts';

interface MultipartError {
  code?: string;
  statusCode?: number;
}

/** What @fastify/multipart threw, in our words; any other error comes back as it is. */
export function toMultipartProblem(error: unknown): unknown {
  const { code, statusCode } = error as MultipartError;
  if (code === 'FST_REQ_FILE_TOO_LARGE') return new Problem('PAYLOAD_TOO_LARGE');
  if (code === 'FST_INVALID_MULTIPART_CONTENT_TYPE') {
    return new Problem('UNSUPPORTED_MEDIA_TYPE', { detail: 'Send multipart/form-data' });
  }
  const isBrokenBody = error instanceof Error && !(error instanceof Problem) && (statusCode ?? 400) < 500;
  return isBrokenBody ? new Problem('MALFORMED_REQUEST', { cause: error }) : error;
}
