import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** Keys derived from SPACEDLY_SECRET, one per purpose (HKDF, RFC 5869), so that no key serves two ends. */
export interface Secrets {
  /** AES-256-GCM; the result is base64url of nonce, tag and ciphertext. */
  seal(plain: string): string;
  /** @throws Error when the text was not sealed under this secret. */
  open(sealed: string): string;
  /** HMAC-SHA-256 as hex, for values that must be recognised but never read, such as one-time codes. */
  hmac(value: string): string;
  /** The key that signs calls between services. */
  serviceKey: Uint8Array;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function derive(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `spacedly/${purpose}`, 32));
}

/** Derives the keys of this installation from its one secret. */
export function deriveSecrets(secret: string): Secrets {
  const sealKey = derive(secret, 'seal');
  // As a key object: from bytes one would be made for each value, which costs as much as the HMAC.
  const hmacKey = createSecretKey(derive(secret, 'hmac'));
  return {
    serviceKey: derive(secret, 'service'),
    seal(plain) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce);
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const plain = [decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()];
      return Buffer.concat(plain).toString('utf8');
    },
    hmac: (value) => createHmac('sha256', hmacKey).update(value).digest('hex'),
  };
}

/** SHA-256 as hex: enough for tokens that carry 256 random bits. */
export function sha256(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}

/** Compares two strings in time that depends on their lengths only. */
export function equalInConstantTime(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
