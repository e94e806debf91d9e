import { createReadStream } from 'node:fs';
import { agrees, type FileType, typeOfExtension } from './types.ts';

/** Streams that the old Office formats name in their directory (MS-CFB, section 2.6.1), in UTF-16. */
const OLD_OFFICE: Readonly<Record<string, readonly string[]>> = {
  doc: ['WordDocument'],
  xls: ['Workbook', 'Book'],
  ppt: ['PowerPoint Document'],
};

/** Whether a file contains one of some byte sequences; read chunk by chunk. */
async function includesAny(path: string, needles: readonly Buffer[]): Promise<boolean> {
  const overlap = Math.max(...needles.map(({ length }) => length)) - 1;
  let tail = Buffer.alloc(0);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const seen = Buffer.concat([tail, chunk]);
    if (needles.some((needle) => seen.includes(needle))) return true;
    tail = seen.subarray(Math.max(0, seen.length - overlap));
  }
  return false;
}

async function isOldOffice(path: string, extension: string): Promise<boolean> {
  const names = OLD_OFFICE[extension];
  if (names === undefined) return false;
  return includesAny(
    path,
    names.map((name) => Buffer.from(name, 'utf16le')),
  );
}

/** Tab, line feed, form feed, carriage return and escape are all that text has of the control characters. */
const isControl = (byte: number) => byte < 32 && ![9, 10, 12, 13, 27].includes(byte);

/** Whether a file reads as text, in whatever encoding; UTF-16 shows itself by its mark. */
async function isText(path: string): Promise<boolean> {
  let isFirst = true;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (isFirst && ((chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff)))
      return true;
    isFirst = false;
    if (chunk.some(isControl)) return false;
  }
  return true;
}

/**
 * The type of a file by its content, where that is one we take and agrees with the extension; null otherwise.
 * @param path of the file
 * @param extension in lower case
 */
export async function detectType(path: string, extension: string): Promise<FileType | null> {
  const promised = typeOfExtension(extension);
  if (promised === null) return null;
  const { fileTypeFromFile } = await import('file-type');
  const found = await fileTypeFromFile(path);
  if (promised.kind === 'text') {
    const isPlain = found === undefined || found.ext === 'xml';
    return isPlain && (await isText(path)) ? promised : null;
  }
  if (found === undefined) return null;
  if (found.ext === 'cfb') return (await isOldOffice(path, extension)) ? promised : null;
  return agrees(extension, found.ext) ? promised : null;
}
