import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  generateSecret,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { createTokenVerifier, type TokenVerifier } from './access-token.ts';

/*
 * What the JWS suite of Project Wycheproof tries on other algorithms (its vectors have no EdDSA group), worked out
 * for Ed25519 after RFC 7515, RFC 8032 and RFC 8037, with their Appendix A as the fixed point.
 */

const now = Date.parse('2026-03-01T12:00:00.000Z');
const issuer = 'https://a.example';
/** The order of the base point (RFC 8032, section 5.1). */
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
/** RFC 8037, Appendix A.1: the key of RFC 8032, section 7.1, test 1. */
const RFC_KEY = {
  kty: 'OKP',
  crv: 'Ed25519',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
} as const;

const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function verifierOf(keys: JWK[]): TokenVerifier {
  return createTokenVerifier({ issuer, audience: issuer, now: () => now, fetchKeys: async () => keys });
}
const claims: JWTPayload = {
  iss: issuer,
  aud: issuer,
  sub: 'u',
  sid: 's',
  role: 'USER',
  typ: 'access',
  jti: 'j',
  iat: now / 1_000,
  exp: now / 1_000 + 900,
};

let privateKey: CryptoKey;
let publicJwk: JWK;
let verifier: TokenVerifier;
let good: { header: string; payload: string; signature: Buffer };

beforeAll(async () => {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  privateKey = pair.privateKey;
  publicJwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'EdDSA', use: 'sig' };
  verifier = verifierOf([publicJwk, { ...publicJwk, kid: 'rfc', x: RFC_KEY.x }]);
  const [header = '', payload = '', signature = ''] = (await sign(claims)).split('.');
  good = { header, payload, signature: Buffer.from(signature, 'base64url') };
});

const sign = (
  payload: JWTPayload,
  header: object = {},
  key: CryptoKey | Uint8Array = privateKey,
  alg = 'EdDSA',
) => new SignJWT(payload).setProtectedHeader({ alg, kid: 'k1', ...header } as { alg: string }).sign(key);
const refuse = (token: string) =>
  expect(verifier.verify(token), token).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });

function littleEndian(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse();
}
const bigintOf = (bytes: Buffer) => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);

test('the signature of RFC 8037, Appendix A.4 is the one our library makes', async () => {
  const { CompactSign, importJWK, compactVerify } = await import('jose');
  const key = await importJWK(RFC_KEY, 'EdDSA');
  const made = await new CompactSign(Buffer.from('Example of Ed25519 signing'))
    .setProtectedHeader({ alg: 'EdDSA' })
    .sign(key);
  expect(made).toBe(
    'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
  );
  const { d: _, ...publicPart } = RFC_KEY;
  await expect(compactVerify(made, await importJWK(publicPart, 'EdDSA'))).resolves.toBeDefined();
  await refuse(made);
});

test('the good one passes', async () => {
  const token = [good.header, good.payload, good.signature.toString('base64url')].join('.');
  await expect(verifier.verify(token)).resolves.toMatchObject({ userId: 'u' });
});

test('signatures that are nearly right', async () => {
  const { header, payload, signature } = good;
  const [r, s] = [signature.subarray(0, 32), signature.subarray(32)];
  const wrong: Record<string, Buffer> = {
    empty: Buffer.alloc(0),
    zeros: Buffer.alloc(64),
    ones: Buffer.alloc(64, 0xff),
    'R alone': r,
    'a byte short': signature.subarray(0, 63),
    'a byte long': Buffer.concat([signature, Buffer.alloc(1)]),
    twice: Buffer.concat([signature, signature]),
    'halves swapped': Buffer.concat([s, r]),
    'S + L (malleable)': Buffer.concat([r, littleEndian(bigintOf(s) + L)]),
    'S = 0': Buffer.concat([r, Buffer.alloc(32)]),
    'S = L': Buffer.concat([r, littleEndian(L)]),
    'R not canonical': Buffer.concat([littleEndian(2n ** 255n - 19n), s]),
    'R of order one': Buffer.concat([littleEndian(1n), Buffer.alloc(32)]),
    'its text, not its bytes': Buffer.from(signature.toString('hex')),
  };
  for (let bit = 0; bit < 512; bit += 7) {
    const flipped = Buffer.from(signature);
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
    wrong[`bit ${bit} flipped`] = flipped;
  }
  for (const bytes of Object.values(wrong))
    await refuse(`${header}.${payload}.${bytes.toString('base64url')}`);
});

test('tokens whose parts are missing, too many, or in another form', async () => {
  const { header, payload, signature: bytes } = good;
  const signature = bytes.toString('base64url');
  const changed = encode({ ...claims, role: 'ADMIN' });
  const tokens = [
    '',
    '.',
    '..',
    '...',
    `${header}.${payload}`,
    `${header}.${payload}.`,
    `${payload}.${signature}`,
    `.${payload}.${signature}`,
    `${header}..${signature}`,
    `.${payload}.`,
    payload,
    `${header}.${payload}.${signature}.`,
    `${header}.${payload}.${signature}.x`,
    `${header}.${changed}.${signature}`,
    `${encode({ alg: 'EdDSA', kid: 'k1', x: 1 })}.${payload}.${signature}`,
    `${header}.${payload}.${bytes.toString('base64')}==`,
    ` ${header}.${payload}.${signature}`,
    `${header}.${payload}.${signature}\n`,
    `${header}.\u0000${payload}.${signature}`,
    JSON.stringify({ payload, signatures: [{ protected: header, signature }] }),
    JSON.stringify({ payload, protected: header, signature }),
    `${encode('[]')}.${payload}.${signature}`,
    `${encode('null')}.${payload}.${signature}`,
    `${encode('{')}.${payload}.${signature}`,
    'x'.repeat(100_000),
  ];
  for (const token of tokens) await refuse(token);
});

test('every algorithm but EdDSA, whatever the key', async () => {
  const { payload } = good;
  const publicKeyBytes = Buffer.from(publicJwk.x as string, 'base64url');
  const text = new TextEncoder();
  const forHs256 = [
    publicKeyBytes,
    text.encode(publicJwk.x),
    text.encode(JSON.stringify(publicJwk)),
    await generateSecret('HS256', { extractable: true }),
  ];
  for (const key of forHs256) await refuse(await sign(claims, {}, key as Uint8Array, 'HS256'));
  for (const alg of ['ES256', 'RS256', 'PS256']) {
    const pair = await generateKeyPair(alg);
    await refuse(await sign(claims, {}, pair.privateKey, alg));
  }
  for (const alg of ['none', 'None', 'NONE', '', null, 7, ['EdDSA'], 'eddsa', 'Ed448', undefined]) {
    const header = encode({ alg, kid: 'k1' });
    await refuse(`${header}.${payload}.`);
    await refuse(`${header}.${payload}.${good.signature.toString('base64url')}`);
  }
});

test('keys that come with the token are not looked at', async () => {
  const evil = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(evil.publicKey);
  const headers: object[] = [
    { jwk },
    { jwk, kid: undefined },
    { jwk: { ...jwk, kid: 'k1' } },
    { jku: 'https://evil.example/keys' },
    { x5u: 'https://evil.example/cert' },
    { x5c: ['MIIB'] },
    { kid: 'unknown' },
    { kid: '../../k1' },
    { kid: '__proto__' },
    { kid: 'constructor' },
    { kid: 'rfc' },
    {},
  ];
  for (const header of headers) await refuse(await sign(claims, header, evil.privateKey));
  for (const kid of [7, null, {}, ['k1']]) {
    await refuse(`${encode({ alg: 'EdDSA', kid })}.${good.payload}.${good.signature.toString('base64url')}`);
  }
});

test('a header that must be understood and is not (RFC 7515, section 4.1.11)', async () => {
  const { payload } = good;
  for (const header of [
    { crit: ['exp'] },
    { crit: [] },
    { crit: ['b64'], b64: false },
    { b64: false, crit: ['b64', 'x'] },
  ]) {
    const protectedPart = encode({ alg: 'EdDSA', kid: 'k1', ...header });
    const { subtle } = globalThis.crypto;
    const data = Buffer.from(`${protectedPart}.${payload}`);
    const signature = Buffer.from(await subtle.sign('Ed25519', privateKey, data)).toString('base64url');
    await refuse(`${protectedPart}.${payload}.${signature}`);
  }
});

test.each<[string, JWTPayload]>([
  ['not yet valid', { nbf: now / 1_000 + 60 }],
  ['issued in the future', { iat: now / 1_000 + 31 }],
  ['expired', { exp: now / 1_000 - 31 }],
  ['times that are no numbers', { exp: 'tomorrow' as unknown as number }],
  ['an end that is infinite', { exp: '9e999' as unknown as number }],
  ['several audiences, none ours', { aud: ['https://b.example', 'https://c.example'] }],
  ['the issuer with a slash', { iss: `${issuer}/` }],
  ['the issuer in a list', { iss: [issuer] as unknown as string }],
  ['a challenge', { typ: 'challenge' }],
  ['a refresh token', { typ: 'refresh' }],
  ['a role in a list', { role: ['ADMIN'] }],
  ['a session that is no text', { sid: { id: 's' } }],
])('claims: %s', async (_name, change) => {
  await refuse(await sign({ ...claims, ...change }));
});

test('claims that are no object', async () => {
  const { subtle } = globalThis.crypto;
  for (const body of ['null', '[]', '"x"', '7', '{', '']) {
    const data = `${good.header}.${encode(body)}`;
    const signature = Buffer.from(await subtle.sign('Ed25519', privateKey, Buffer.from(data)));
    await refuse(`${data}.${signature.toString('base64url')}`);
  }
});
