import { pbkdf2, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * Hashes that come from other systems. Each is checked as it is and replaced by ours at the next sign-in.
 *
 * - bcrypt: `$2a$10$…`, `$2b$…`, `$2y$…`
 * - scrypt: `$scrypt$ln=15,r=8,p=1$<salt>$<hash>`, base64 without padding (PHC string format)
 * - PBKDF2: `$pbkdf2-sha256$i=600000$<salt>$<hash>` (PHC), `$pbkdf2-sha512$600000$<salt>$<hash>` (passlib, with `.`
 *   for `+`) and `pbkdf2_sha256$600000$<salt>$<hash>` (Django, whose salt is plain text); SHA-1, SHA-256, SHA-512
 */
export type HashFormat = 'argon2id' | 'bcrypt' | 'scrypt' | 'pbkdf2';

const BCRYPT = /^\$2[aby]\$(0[4-9]|1\d|20)\$[./A-Za-z0-9]{53}$/;
const SCRYPT = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/.]+)\$([A-Za-z0-9+/.]+)$/;
const PBKDF2 =
  /^\$pbkdf2-(sha1|sha256|sha512)\$(?:i=)?(\d{1,8})(?:,l=\d+)?\$([A-Za-z0-9+/.]+)\$([A-Za-z0-9+/.]+)$/;
const DJANGO = /^pbkdf2_(sha1|sha256|sha512)\$(\d{1,8})\$([^$]+)\$([A-Za-z0-9+/]+=*)$/;

/** A hash that costs more than this is a mistake or an attack: it would stop sign-ins for seconds. */
const MAX_ITERATIONS = 5_000_000;
const MAX_SCRYPT_BYTES = 256 * 1024 * 1024;

const deriveScrypt = promisify<
  string,
  Buffer,
  number,
  { N: number; r: number; p: number; maxmem: number },
  Buffer
>(scrypt);
const derivePbkdf2 = promisify(pbkdf2);

/** Passlib writes `.` where base64 has `+`. */
const fromBase64 = (text: string) => Buffer.from(text.replaceAll('.', '+'), 'base64');

function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The format of a hash, or null when we cannot check it. */
export function hashFormat(passwordHash: string): HashFormat | null {
  if (passwordHash.startsWith('$argon2')) return 'argon2id';
  if (BCRYPT.test(passwordHash)) return 'bcrypt';
  const scryptCost = SCRYPT.exec(passwordHash);
  if (scryptCost !== null) {
    const [ln, r, p] = scryptCost.slice(1, 4).map(Number) as [number, number, number];
    return ln >= 1 && ln <= 24 && p >= 1 && 128 * 2 ** ln * r <= MAX_SCRYPT_BYTES ? 'scrypt' : null;
  }
  const iterations = Number((PBKDF2.exec(passwordHash) ?? DJANGO.exec(passwordHash))?.[2] ?? 0);
  return iterations >= 1 && iterations <= MAX_ITERATIONS ? 'pbkdf2' : null;
}

async function isScrypt(passwordHash: string, password: string): Promise<boolean> {
  const [, ln, r, p, salt, hash] = SCRYPT.exec(passwordHash) as unknown as string[] as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const expected = fromBase64(hash);
  const cost = { N: 2 ** Number(ln), r: Number(r), p: Number(p), maxmem: MAX_SCRYPT_BYTES * 2 };
  return sameBytes(await deriveScrypt(password, fromBase64(salt), expected.length, cost), expected);
}

async function isPbkdf2(passwordHash: string, password: string): Promise<boolean> {
  const phc = PBKDF2.exec(passwordHash);
  const [, digest = '', iterations = '', salt = '', hash = ''] = phc ?? DJANGO.exec(passwordHash) ?? [];
  const saltBytes = phc === null ? Buffer.from(salt, 'utf8') : fromBase64(salt);
  const expected = fromBase64(hash);
  const derived = await derivePbkdf2(password, saltBytes, Number(iterations), expected.length, digest);
  return sameBytes(derived, expected);
}

/** Checks a password against a hash of another system; false for one that cannot be read. */
export async function verifyForeign(passwordHash: string, password: string): Promise<boolean> {
  switch (hashFormat(passwordHash)) {
    case 'bcrypt':
      return (await import('@node-rs/bcrypt')).verify(password, passwordHash);
    case 'scrypt':
      return isScrypt(passwordHash, password);
    case 'pbkdf2':
      return isPbkdf2(passwordHash, password);
    default:
      return false;
  }
}
