import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { vary } from './vary.ts';

export type ContentEncoding = 'br' | 'gzip';

const MIN_BYTES = 1_024;
/** Brotli 4 is as fast as gzip and smaller; higher levels cost more time than they save on the wire. */
const QUALITY = 4;
const COMPRESSIBLE = /^(text\/(?!event-stream)|image\/svg|application\/([\w.-]+\+)?(json|xml|javascript))/;

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** Whether compressing an answer of this type and size pays; event streams are never touched. */
export function isCompressible(contentType: unknown, sizeBytes: number): boolean {
  return sizeBytes > MIN_BYTES && typeof contentType === 'string' && COMPRESSIBLE.test(contentType);
}

/** The best of ours that `Accept-Encoding` allows, or null (RFC 9110, section 12.5.3). */
export function chooseEncoding(acceptEncoding: string | string[] | undefined): ContentEncoding | null {
  if (typeof acceptEncoding !== 'string') return null;
  const refused = /;\s*q=0(\.0*)?\s*$/;
  const allowed = acceptEncoding
    .toLowerCase()
    .split(',')
    .filter((part) => !refused.test(part))
    .map((part) => part.split(';', 1)[0]?.trim());
  return allowed.includes('br') ? 'br' : allowed.includes('gzip') ? 'gzip' : null;
}

/** @param quality of Brotli, 0–11 */
export function encode(body: string | Buffer, encoding: ContentEncoding, quality = QUALITY): Promise<Buffer> {
  if (encoding === 'gzip') return compressGzip(body);
  return compressBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
}

/**
 * Compresses complete answers above 1 KB. In every process, not in the gateway alone: so a proxied answer crosses
 * the network between them compressed, and the gateway passes it on as it is.
 */
export function addCompression(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const isWhole = typeof payload === 'string' || Buffer.isBuffer(payload);
    if (!isWhole || reply.hasHeader('content-encoding')) return done(null, payload);
    const size = Buffer.byteLength(payload as string | Buffer);
    if (!isCompressible(reply.getHeader('content-type'), size)) return done(null, payload);
    vary(reply, 'accept-encoding');
    const encoding = chooseEncoding(request.headers['accept-encoding']);
    if (encoding === null) return done(null, payload);
    encode(payload as string | Buffer, encoding).then(
      (encoded) => {
        reply.header('content-encoding', encoding);
        done(null, encoded);
      },
      (error) => done(error),
    );
  });
}
