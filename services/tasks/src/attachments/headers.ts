import type { ByteRange } from '@spacedly/kit';

/** RFC 8187, section 3.2.1: what may stand unescaped is less than what encodeURIComponent leaves. */
const escapeValue = (name: string) =>
  encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/**
 * `Content-Disposition` (RFC 6266) for any name: a plain form for old clients, with everything that could end it
 * replaced, and the exact name encoded.
 */
export function contentDisposition(name: string, type: 'inline' | 'attachment'): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  return `${type}; filename="${plain}"; filename*=UTF-8''${escapeValue(name)}`;
}

const EXTENSIONS: Readonly<Record<string, string>> = { 'image/webp': 'webp' };

/** A photo is downloaded as what it became: `beach.jpg` as `beach.webp`. */
export function downloadName(name: string, mimeType: string): string {
  const extension = EXTENSIONS[mimeType];
  return extension === undefined ? name : `${name.replace(/\.[^.]+$/, '')}.${extension}`;
}

/**
 * The one range of a `Range` header (RFC 9110, section 14.2). `whole` where there is none to follow: no header, another
 * unit, several ranges; null where the file has no such part.
 */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | 'whole' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return 'whole';
  const [, from = '', to = ''] = match;
  if (from === '') {
    const length = Math.min(Number(to), sizeBytes);
    return length === 0 ? null : { start: sizeBytes - length, end: sizeBytes - 1 };
  }
  const start = Number(from);
  const end = to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (to !== '' && Number(to) < start) return 'whole';
  return start < sizeBytes ? { start, end } : null;
}
