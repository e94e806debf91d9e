import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { MultipartFile } from '@fastify/multipart';
import { ATTACHMENT_MAX_BYTES, ATTACHMENT_MAX_FILES } from '@spacedly/contracts';
import { Problem, toMultipartProblem } from '@spacedly/kit';
import type { FastifyRequest } from 'fastify';
import { detectType } from './detect.ts';
import { extensionOf, type FileType } from './types.ts';

/** A file of a request, on the disk until the request ends. */
export interface UploadedFile extends FileType {
  path: string;
  name: string;
  extension: string;
  sizeBytes: number;
  sha256: string;
}

const FIELD = 'files';
const MAX_NAME = 255;
const OVERHEAD_BYTES = 65_536;
const LIMITS = {
  fileSize: ATTACHMENT_MAX_BYTES,
  files: ATTACHMENT_MAX_FILES,
  fields: 10,
  fieldSize: 1_000,
  parts: ATTACHMENT_MAX_FILES + 10,
};

function problemOf(
  code: 'ATTACHMENT_TYPE' | 'ATTACHMENT_TOO_LARGE',
  name: string,
  index: number,
  message: string,
) {
  return new Problem(code, {
    detail: `“${name}” ${message}`,
    errors: [{ path: `body.files.${index}`, message }],
  });
}

const invalid = (path: string, message: string) =>
  new Problem('VALIDATION_FAILED', { errors: [{ path, message }] });

/** The last part of whatever path a client sent. @throws Problem VALIDATION_FAILED */
export function nameOf(given: string | undefined, index: number): string {
  const name = (given ?? '').split(/[/\\]/).at(-1)?.trim() ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what no file system and no header can hold.
  if (name === '' || !name.isWellFormed() || /[\u0000-\u001f\u007f]/.test(name))
    throw invalid(`body.files.${index}`, 'Needs a file name without control characters');
  if ([...name].length > MAX_NAME)
    throw invalid(`body.files.${index}`, `Has a name of over ${MAX_NAME} characters`);
  return name;
}

/** Writes a part to the disk while it arrives, counting and hashing. */
async function write(part: MultipartFile, path: string): Promise<{ sizeBytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(part.file, meter, createWriteStream(path, { mode: 0o600 }));
  return { sizeBytes, sha256: hash.digest('hex') };
}

async function take(part: MultipartFile, folder: string, index: number): Promise<UploadedFile> {
  if (part.fieldname !== FIELD) throw invalid(`body.${part.fieldname}`, `Send files as \`${FIELD}\``);
  const name = nameOf(part.filename, index);
  const extension = extensionOf(name);
  const path = join(folder, String(index));
  const written = await write(part, path);
  if (part.file.truncated) throw problemOf('ATTACHMENT_TOO_LARGE', name, index, 'is larger than 10 MB');
  const type = await detectType(path, extension);
  if (type === null)
    throw problemOf(
      'ATTACHMENT_TYPE',
      name,
      index,
      'is not of a type that is accepted, or not what it is named',
    );
  return { ...type, ...written, path, name, extension };
}

function assertDeclaredSize(request: FastifyRequest): void {
  const limit = ATTACHMENT_MAX_BYTES * ATTACHMENT_MAX_FILES + OVERHEAD_BYTES;
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new Problem('PAYLOAD_TOO_LARGE');
}

function toProblem(error: unknown): unknown {
  if ((error as { code?: string }).code === 'FST_FILES_LIMIT') {
    return new Problem('TOO_MANY_FILES', { detail: `Send at most ${ATTACHMENT_MAX_FILES} files at once` });
  }
  // A disk that is full is not the client's mistake.
  return (error as { syscall?: string }).syscall === undefined ? toMultipartProblem(error) : error;
}

/** Reads all parts. After one that is refused the rest is read and dropped, so that the answer can be read. */
async function readParts(request: FastifyRequest, folder: string): Promise<UploadedFile[]> {
  const files: UploadedFile[] = [];
  let refused: unknown = null;
  for await (const part of request.files({ limits: LIMITS, throwFileSizeLimit: false })) {
    if (refused !== null) {
      part.file.resume();
      continue;
    }
    try {
      files.push(await take(part, folder, files.length));
    } catch (error) {
      part.file.resume();
      // Who sends too much may go on for long: that is cut off.
      if (error instanceof Problem && error.status === 413) throw error;
      refused = error;
    }
  }
  if (refused !== null) throw refused;
  if (files.length === 0) throw invalid('body.files', 'Send at least one file');
  return files;
}

/**
 * Takes the files of a request to a folder of their own, lets `use` work with them and removes them again.
 * @throws Problem ATTACHMENT_TYPE, ATTACHMENT_TOO_LARGE, TOO_MANY_FILES, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE,
 *   MALFORMED_REQUEST, VALIDATION_FAILED
 */
export async function withUploads<T>(
  request: FastifyRequest,
  use: (files: readonly UploadedFile[]) => Promise<T>,
): Promise<T> {
  assertDeclaredSize(request);
  const folder = await mkdtemp(join(tmpdir(), 'spacedly-upload-'));
  try {
    const files = await readParts(request, folder).catch((error) => {
      throw toProblem(error);
    });
    return await use(files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
