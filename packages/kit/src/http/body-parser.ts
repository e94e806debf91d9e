import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import secureJson from 'secure-json-parse';
import { Problem } from '../problem.ts';

const JSON_TYPES = ['application/json', 'application/merge-patch+json'];

/**
 * JSON bodies only. Bytes that are not UTF-8 are refused rather than replaced, since we store text as typed;
 * `__proto__` and `constructor.prototype` keys are refused, and compressed bodies. An empty body counts as none.
 */
export function registerBodyParser(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(JSON_TYPES, { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer;
    const coding = request.headers['content-encoding'];
    if (coding !== undefined && coding.toLowerCase() !== 'identity') {
      return done(
        new Problem('UNSUPPORTED_MEDIA_TYPE', { detail: 'Send the body without Content-Encoding' }),
      );
    }
    if (bytes.length === 0) return done(null, undefined);
    if (!isUtf8(bytes)) {
      return done(new Problem('MALFORMED_REQUEST', { detail: 'The body is not UTF-8' }));
    }
    try {
      done(null, secureJson.parse(bytes.toString('utf8')));
    } catch {
      done(new Problem('MALFORMED_REQUEST', { detail: 'The body is not valid JSON' }));
    }
  });
}
