import { pbkdf2Sync, scryptSync } from 'node:crypto';
import { hash as bcrypt } from '@node-rs/bcrypt';
import { expect, test } from 'vitest';
import { hashFormat, verifyForeign } from './formats.ts';
import { createPasswordHasher } from './hasher.ts';

const hasher = createPasswordHasher();
const password = 'correct horse – 電池';
const b64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');

const salt = Buffer.from('0123456789abcdef');
const scryptHash = `$scrypt$ln=14,r=8,p=1$${b64(salt)}$${b64(scryptSync(password, salt, 32, { N: 2 ** 14, r: 8, p: 1 }))}`;
const derived = (digest: string, bytes: number) => pbkdf2Sync(password, salt, 1_000, bytes, digest);
const phc = `$pbkdf2-sha256$i=1000$${b64(salt)}$${b64(derived('sha256', 32))}`;
const passlib = `$pbkdf2-sha512$1000$${b64(salt).replaceAll('+', '.')}$${b64(derived('sha512', 64)).replaceAll('+', '.')}`;
const django = `pbkdf2_sha256$1000$saltsalt$${pbkdf2Sync(password, 'saltsalt', 1_000, 32, 'sha256').toString('base64')}`;
const bcryptHash = await bcrypt(password, { cost: 4 });

test.each([
  ['bcrypt $2b$', bcryptHash, 'bcrypt'],
  ['bcrypt $2y$', bcryptHash.replace('$2b$', '$2y$'), 'bcrypt'],
  ['bcrypt $2a$', bcryptHash.replace('$2b$', '$2a$'), 'bcrypt'],
  ['scrypt', scryptHash, 'scrypt'],
  ['PBKDF2 (PHC)', phc, 'pbkdf2'],
  ['PBKDF2 (passlib)', passlib, 'pbkdf2'],
  ['PBKDF2 (Django)', django, 'pbkdf2'],
])('%s: the right password fits, another does not, and it is to be replaced', async (_name, hash, format) => {
  expect(hashFormat(hash)).toBe(format);
  expect(await verifyForeign(hash, password)).toBe(true);
  expect(await verifyForeign(hash, `${password} `)).toBe(false);
  expect(await hasher.verify(hash, password)).toBe(true);
  expect(hasher.isOutdated(hash)).toBe(true);
});

test('published vectors: scrypt of RFC 7914, PBKDF2 of RFC 7914, bcrypt of its authors', async () => {
  const rfc7914 = Buffer.from(
    'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640',
    'hex',
  );
  expect(
    await verifyForeign(`$scrypt$ln=10,r=8,p=16$${b64(Buffer.from('NaCl'))}$${b64(rfc7914)}`, 'password'),
  ).toBe(true);
  const pbkdf2 = Buffer.from(
    '4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d',
    'hex',
  );
  expect(
    await verifyForeign(`$pbkdf2-sha256$i=80000$${b64(Buffer.from('NaCl'))}$${b64(pbkdf2)}`, 'Password'),
  ).toBe(true);
  expect(await verifyForeign('$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW', 'U*U')).toBe(
    true,
  );
});

test.each([
  ['nothing', ''],
  ['a plain text', password],
  ['MD5', '5f4dcc3b5aa765d61d8327deb882cf99'],
  ['bcrypt that would run for hours', bcryptHash.replace('$04$', '$31$')],
  ['scrypt that would take all memory', scryptHash.replace('ln=14', 'ln=23')],
  ['PBKDF2 without end', phc.replace('i=1000', 'i=99999999')],
])('%s is refused, not tried', async (_name, hash) => {
  expect(hashFormat(hash)).toBeNull();
  expect(await verifyForeign(hash, password)).toBe(false);
});

test('hashes of ours are not replaced; weaker ones of the same kind are', async () => {
  expect(hasher.isOutdated(await hasher.hash(password))).toBe(false);
  expect(hasher.isOutdated('$argon2id$v=19$m=4096,t=1,p=1$c2FsdHNhbHQ$x')).toBe(true);
});
