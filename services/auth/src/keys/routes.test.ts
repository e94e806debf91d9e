import { authRoutes } from '@spacedly/contracts';
import { type CallContext, call, viaInject } from '@spacedly/kit';
import { signUp, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import type { FastifyInstance } from 'fastify';
import { createRemoteJWKSet, customFetch, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Instance, secondInstance } from '../fixtures/second-instance.ts';
import { authService } from '../index.ts';
import { rotateKeys } from './service.ts';

let t: TestApp;
let other: Instance;
let offsetMs = 0;
const now = () => new Date(Date.now() + offsetMs);

beforeAll(async () => {
  t = await testApp([authService], { now });
  other = await secondInstance(t);
});
afterAll(async () => {
  await other.close();
  await t.close();
});

const asService = (): CallContext => ({ authorization: `Service ${t.platform.serviceTokens.issue()}` });
const rotate = async (revokeOld = false) =>
  (
    await call(
      viaInject(() => t.app),
      authRoutes.rotateKeys,
      { body: { revokeOld } },
      asService(),
    )
  ).body;
const kidsOf = async (app: FastifyInstance) =>
  (await app.inject('/.well-known/jwks.json')).json().keys.map(({ kid }: { kid: string }) => kid);
const me = async (app: FastifyInstance, accessToken: string) =>
  (await app.inject({ url: '/v1/users/me', headers: { authorization: `Bearer ${accessToken}` } })).statusCode;
async function loginAt(app: FastifyInstance, person: { email: string; password: string }): Promise<string> {
  const payload = { identifier: person.email, password: person.password };
  const answer = await app.inject({ method: 'POST', url: '/v1/auth/login', payload });
  return answer.json().tokens.accessToken;
}
const kidOf = (token: string) => decodeProtectedHeader(token).kid;

test('a rotation: published at once, used by all within the minute, the old key kept until its tokens are dead', async () => {
  const person = await signUp(t);
  const before = person.accessToken;
  const oldKid = kidOf(before);
  expect(await me(other.app, before)).toBe(200);
  const { kid: newKid, signsFrom } = await rotate();
  expect(Date.parse(signsFrom) - now().getTime()).toBeLessThanOrEqual(60_000);
  for (const { app } of [t, other]) expect((await kidsOf(app)).sort()).toEqual([oldKid, newKid].sort());
  expect(kidOf(await loginAt(t.app, person))).toBe(oldKid);

  offsetMs += 60_000;
  for (const signer of [t, other]) {
    const token = await loginAt(signer.app, person);
    expect(kidOf(token)).toBe(newKid);
    for (const verifier of [t, other]) expect(await me(verifier.app, token)).toBe(200);
  }
  expect(await me(other.app, before)).toBe(200);
  offsetMs += 20 * 60_000;
  for (const { app } of [t, other]) expect(await kidsOf(app)).toEqual([newKid]);
});

test('keys of the past leave the database with the next rotation', async () => {
  await rotate();
  offsetMs += 20 * 60_000;
  await rotate();
  const { rows } = await t.platform.database.pool.query('SELECT kid FROM auth.signing_keys');
  expect(rows.length).toBeLessThanOrEqual(2);
  offsetMs += 60_000;
});

test('revoking the old keys ends every access token on every instance; refresh tokens go on', async () => {
  const person = await signUp(t);
  const { accessToken, refreshToken } = person;
  for (const { app } of [t, other]) expect(await me(app, accessToken)).toBe(200);
  const { kid } = await rotate(true);
  for (const { app } of [t, other])
    await waitFor(async () => (await me(app, accessToken)) === 401, 1_000, 'the end of the token');
  const refreshed = await other.app.inject({
    method: 'POST',
    url: '/v1/auth/refresh',
    payload: { refreshToken },
  });
  const { accessToken: renewed } = refreshed.json();
  expect(kidOf(renewed)).toBe(kid);
  for (const { app } of [t, other]) expect(await me(app, renewed)).toBe(200);
});

test('after 90 days one key is made, by however many instances', async () => {
  const [before] = await kidsOf(t.app);
  offsetMs += 91 * 86_400_000;
  const { database, secrets } = t.platform;
  const deps = { db: database.db, secrets, now };
  const made = await Promise.all(Array.from({ length: 5 }, () => rotateKeys(deps, 'due')));
  expect(made.filter((key) => key !== null)).toHaveLength(1);
  expect(await kidsOf(t.app)).toEqual([before, made.find((key) => key !== null)?.kid]);
});

test('private keys are sealed, and the published ones have no private part', async () => {
  const { keys } = (await t.app.inject('/.well-known/jwks.json')).json();
  for (const key of keys) expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  const { rows } = await t.platform.database.pool.query(
    'SELECT sealed_private_jwk AS sealed FROM auth.signing_keys',
  );
  for (const { sealed } of rows) expect(sealed).not.toContain('"d"');
});

test('others verify our tokens by the issuer metadata alone', async () => {
  const metadata = (await t.app.inject('/.well-known/openid-configuration')).json();
  expect(metadata).toMatchObject({
    issuer: 'http://localhost:3000',
    jwks_uri: 'http://localhost:3000/.well-known/jwks.json',
    id_token_signing_alg_values_supported: ['EdDSA'],
  });
  const keys = createRemoteJWKSet(new URL(metadata.jwks_uri), {
    [customFetch]: async (url) => new Response((await t.app.inject(new URL(url).pathname)).body),
  });
  const person = await signUp(t);
  const { issuer } = metadata;
  const verified = await jwtVerify(person.accessToken, keys, {
    issuer,
    audience: issuer,
    currentDate: now(),
  });
  expect(verified.payload.sub).toBe(person.user.id);
});

test('nobody rotates keys from outside', async () => {
  for (const headers of [{}, { authorization: 'Service 1.x' }]) {
    const answer = await t.app.inject({
      method: 'POST',
      url: '/internal/auth/keys/rotate',
      payload: {},
      headers,
    });
    expect(answer.statusCode).toBe(404);
  }
});
