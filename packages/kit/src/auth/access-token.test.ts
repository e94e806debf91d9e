import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { createTokenVerifier, type TokenVerifier } from './access-token.ts';

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
let pair: Pair;
let publicJwk: JWK;
let fetches = 0;
let now = 1_800_000_000_000;
let verifier: TokenVerifier;

const newPair = () => generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
const seconds = () => now / 1_000;

beforeAll(async () => {
  pair = await newPair();
  publicJwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1' };
  verifier = createTokenVerifier({
    issuer: 'https://a.example',
    audience: 'https://a.example',
    now: () => now,
    fetchKeys: async () => {
      fetches += 1;
      return [publicJwk];
    },
  });
});

const good = (): JWTPayload => ({
  iss: 'https://a.example',
  aud: 'https://a.example',
  sub: 'u',
  sid: 's',
  role: 'USER',
  typ: 'access',
  jti: crypto.randomUUID(),
  iat: seconds(),
  exp: seconds() + 900,
});
const sign = (claims: JWTPayload, header: object = {}, key = pair.privateKey) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid: 'k1', ...header }).sign(key);

test('a live token of ours is taken, and its keys are fetched once', async () => {
  fetches = 0;
  for (let round = 0; round < 5; round += 1) {
    expect(await verifier.verify(await sign(good()))).toMatchObject({
      userId: 'u',
      sessionId: 's',
      role: 'USER',
    });
  }
  expect(fetches).toBeLessThanOrEqual(1);
});

test.each<[string, (claims: JWTPayload) => JWTPayload]>([
  ['another issuer', (claims) => ({ ...claims, iss: 'https://b.example' })],
  ['another audience', (claims) => ({ ...claims, aud: 'https://b.example' })],
  ['a refresh token', (claims) => ({ ...claims, typ: 'refresh' })],
  ['no type', ({ typ: _, ...claims }) => claims],
  ['no session', ({ sid: _, ...claims }) => claims],
  ['no expiry', ({ exp: _, ...claims }) => claims],
  ['no subject', ({ sub: _, ...claims }) => claims],
  ['an unknown role', (claims) => ({ ...claims, role: 'ROOT' })],
  ['expired beyond the skew', (claims) => ({ ...claims, exp: seconds() - 31 })],
  ['issued in the future', (claims) => ({ ...claims, iat: seconds() + 31 })],
])('%s is refused', async (_name, change) => {
  await expect(verifier.verify(await sign(change(good())))).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });
});

test('a key of somebody else is refused, embedded or named', async () => {
  const other = await newPair();
  const jwk = await exportJWK(other.publicKey);
  for (const header of [
    {},
    { jwk },
    { jku: 'https://evil.example/keys' },
    { kid: 'k2' },
    { kid: undefined },
  ]) {
    const token = await sign(good(), header, other.privateKey);
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  }
});

test('unknown keys cause no storm of fetches', async () => {
  const token = await sign(good(), { kid: 'unknown' });
  fetches = 0;
  await Promise.allSettled(Array.from({ length: 50 }, () => verifier.verify(token)));
  expect(fetches).toBe(0);
  now += 11_000;
  await Promise.allSettled(Array.from({ length: 50 }, () => verifier.verify(token)));
  expect(fetches).toBe(1);
});

test('a remembered token still expires', async () => {
  const token = await sign(good());
  await verifier.verify(token);
  now += 931_000;
  await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});
