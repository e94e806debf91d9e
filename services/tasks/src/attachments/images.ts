import { readFile, writeFile } from 'node:fs/promises';
import type { Metadata, Sharp } from 'sharp';
import { stripPngMetadata } from './png.ts';

const MAX_WIDTH = 1_920;
const MAX_HEIGHT = 1_080;
const THUMB = 320;
const QUALITY = 70;
/** Of all frames together: a few kilobytes can claim to be gigabytes of pixels. */
const MAX_PIXELS = 64_000_000;
const MAX_AT_ONCE = 2;

/** Lies beside the uploaded file, in whose place it is kept. */
export interface OptimizedImage {
  path: string;
  sizeBytes: number;
  thumbPath: string;
  thumbSizeBytes: number;
  mimeType: string;
  width: number;
  height: number;
}

/** Runs at most so many at a time; the others wait in order. */
function createGate(atOnce: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

type Open = (path: string, animated: boolean) => Sharp;

/** The library brings 20 MB of its own, so it is loaded with the first picture. */
async function loadOpen(): Promise<Open> {
  const { default: sharp } = await import('sharp');
  return (path, animated) => sharp(path, { animated, limitInputPixels: MAX_PIXELS, failOn: 'error' });
}

const fitted = (image: Sharp): Sharp =>
  image
    .autoOrient()
    .resize({ width: MAX_WIDTH, height: MAX_HEIGHT, fit: 'inside', withoutEnlargement: true });

/** Photos become WebP; what may be drawn or animated keeps its format. */
function encoded(image: Sharp, format: string): { image: Sharp; mimeType: string } {
  if (format === 'png')
    return { image: image.png({ compressionLevel: 9, effort: 8 }), mimeType: 'image/png' };
  if (format === 'gif') return { image: image.gif({ effort: 8 }), mimeType: 'image/gif' };
  return { image: image.webp({ quality: QUALITY }), mimeType: 'image/webp' };
}

/** Whether a picture may be kept as it is: small enough, upright, and without anything it should not tell. */
function isClean({ width, height, pageHeight, orientation = 1, exif, xmp, iptc }: Metadata): boolean {
  const fits = width <= MAX_WIDTH && (pageHeight ?? height) <= MAX_HEIGHT;
  return fits && orientation === 1 && !exif && !xmp && !iptc;
}

const isAnimatedPng = (bytes: Buffer) => {
  const control = bytes.indexOf('acTL', 0, 'latin1');
  return control !== -1 && control < bytes.indexOf('IDAT', 0, 'latin1');
};

/** The encoder knows no animated PNG, so such a one keeps its bytes, but not its metadata. */
function keptPng(original: Buffer, { width, height }: Metadata) {
  return { bytes: stripPngMetadata(original), mimeType: 'image/png', width, height };
}

async function optimized(open: Open, path: string, metadata: Metadata) {
  const original = await readFile(path);
  const format = metadata.format as string;
  if (format === 'png' && isAnimatedPng(original)) return keptPng(original, metadata);
  const { image, mimeType } = encoded(fitted(open(path, true)), format);
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  if (data.length < original.length) {
    return { bytes: data, mimeType, width: info.width, height: info.pageHeight ?? info.height };
  }
  // A picture that was packed better than we can stays as it is.
  const fits = metadata.width <= MAX_WIDTH && metadata.height <= MAX_HEIGHT;
  if (format === 'png' && fits) return keptPng(original, metadata);
  if (!isClean(metadata))
    return { bytes: data, mimeType, width: info.width, height: info.pageHeight ?? info.height };
  const height = metadata.pageHeight ?? metadata.height;
  return {
    bytes: original,
    mimeType: `image/${format === 'heif' ? 'avif' : format}`,
    width: metadata.width,
    height,
  };
}

async function optimize(path: string): Promise<OptimizedImage> {
  const open = await loadOpen();
  const metadata = await open(path, true).metadata();
  const image = await optimized(open, path, metadata);
  const thumb = await open(path, false)
    .autoOrient()
    .resize({ width: THUMB, height: THUMB, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: QUALITY })
    .toFile(`${path}.thumb`);
  const { bytes, ...about } = image;
  await writeFile(`${path}.optimized`, bytes);
  return {
    ...about,
    path: `${path}.optimized`,
    sizeBytes: bytes.length,
    thumbPath: `${path}.thumb`,
    thumbSizeBytes: thumb.size,
  };
}

/**
 * Makes uploaded pictures small: upright, inside 1920×1080, without metadata, and never larger than they were. Two at a
 * time, off the event loop.
 * @throws Error of the decoder when the picture is broken or claims too many pixels
 */
export function createImageOptimizer(): (path: string) => Promise<OptimizedImage> {
  const gate = createGate(MAX_AT_ONCE);
  return (path) => gate(() => optimize(path));
}
