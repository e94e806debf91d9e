import { AVATAR_TYPES } from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';

const SIDE_PIXELS = 256;
/** 50 megapixels: more than phones make, less than what unpacks into gigabytes. */
const MAX_PIXELS = 50_000_000;
const QUALITY = 82;

/** What the bytes are, whatever name or type they were sent under. */
async function assertPicture(bytes: Uint8Array): Promise<void> {
  const { fileTypeFromBuffer } = await import('file-type');
  const type = await fileTypeFromBuffer(bytes);
  if (type === undefined || !(AVATAR_TYPES as readonly string[]).includes(type.mime)) {
    throw new Problem('UNSUPPORTED_MEDIA_TYPE', { detail: 'Send a JPEG, PNG, WebP, GIF or AVIF picture' });
  }
}

/**
 * A picture as a square WebP of 256 pixels, upright, without what a camera writes into it (place, time, device).
 * @throws Problem UNSUPPORTED_MEDIA_TYPE for what is no picture, UNREADABLE_IMAGE for one that is broken or too large to unpack
 */
export async function toAvatar(bytes: Uint8Array): Promise<Buffer> {
  await assertPicture(bytes);
  // Loaded when the first picture comes: a tenth of a second that no start has to pay.
  const { default: sharp } = await import('sharp');
  try {
    return await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .autoOrient()
      .resize(SIDE_PIXELS, SIDE_PIXELS, { fit: 'cover', position: 'attention' })
      .webp({ quality: QUALITY })
      .toBuffer();
  } catch (cause) {
    throw new Problem('UNREADABLE_IMAGE', { cause });
  }
}
