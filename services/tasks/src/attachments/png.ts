const SIGNATURE_BYTES = 8;

/** Chunks that say something about the picture's maker, place and time rather than how it looks (PNG, section 11.3). */
const METADATA = new Set(['eXIf', 'tEXt', 'iTXt', 'zTXt', 'tIME']);

/** A PNG without its metadata, every other byte unchanged: for what a re-encoding would spoil or make larger. */
export function stripPngMetadata(png: Buffer): Buffer {
  const kept = [png.subarray(0, SIGNATURE_BYTES)];
  for (let at = SIGNATURE_BYTES; at + 12 <= png.length; ) {
    // Length and type before the data, a checksum after it.
    const end = at + 12 + png.readUInt32BE(at);
    if (!METADATA.has(png.toString('latin1', at + 4, at + 8))) kept.push(png.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
}
