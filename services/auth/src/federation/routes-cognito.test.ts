import { signUp, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startUserPool, type TestPool } from '../fixtures/cognito.ts';
import { authService } from '../index.ts';

let t: TestApp;
let pool: TestPool;
beforeAll(async () => {
  pool = await startUserPool();
  t = await testApp([authService], {
    config: {
      COGNITO_USER_POOL_ID: pool.poolId,
      COGNITO_CLIENT_IDS: [pool.clientIds[0]],
      COGNITO_JWKS_FILE: pool.jwksFile,
    },
  });
});
afterAll(async () => {
  await t.close();
  await pool.close();
});

const me = (token: string) =>
  t.app.inject({ url: '/v1/users/me', headers: { authorization: `Bearer ${token}` } });

test('a member of the pool has an account here at first sight, and the same one ever after', async () => {
  const { accessToken } = await pool.signIn('ada');
  const first = await me(accessToken);
  expect(first.statusCode).toBe(200);
  expect(first.json()).toMatchObject({ email: null, name: 'ada' });
  const again = await pool.signIn('ada');
  expect((await me(again.accessToken)).json().id).toBe(first.json().id);
  expect((await me((await pool.signIn('bob')).accessToken)).json().id).not.toBe(first.json().id);
});

test('twenty first requests at once make one account', async () => {
  const { accessToken } = await pool.signIn('parallel');
  const answers = await Promise.all(Array.from({ length: 20 }, () => me(accessToken)));
  expect(new Set(answers.map((answer) => answer.json().id)).size).toBe(1);
});

test('ID tokens, and tokens of another app client, are refused', async () => {
  const { idToken } = await pool.signIn('carol');
  const foreign = await pool.signIn('carol', pool.clientIds[1]);
  expect((await me(idToken)).statusCode).toBe(401);
  expect((await me(foreign.accessToken)).statusCode).toBe(401);
});

test('what only looks like a token of the pool is refused, and makes no account', async () => {
  const { accessToken } = await pool.signIn('dan');
  const claims = { ...decodeJwt(accessToken), sub: crypto.randomUUID(), username: 'forged' };
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = await exportJWK(publicKey);
  const forged = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: 'CognitoLocal', jwk })
    .sign(privateKey);
  const [header = '', , signature = ''] = accessToken.split('.');
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
  const otherPool = await new SignJWT({ ...claims, iss: `${claims.iss}x` })
    .setProtectedHeader({ alg: 'RS256', kid: 'CognitoLocal' })
    .sign(privateKey);
  for (const token of [forged, `${header}.${payload}.${signature}`, none, otherPool]) {
    expect((await me(token)).statusCode).toBe(401);
  }
  const { rows } = await t.platform.database.pool.query(`SELECT 1 FROM auth.users WHERE name = 'forged'`);
  expect(rows).toEqual([]);
});

test('our own tokens go on working beside them', async () => {
  const person = await signUp(t);
  expect((await me(person.accessToken)).statusCode).toBe(200);
});

test('a deactivated member is refused', async () => {
  const { accessToken } = await pool.signIn('eve');
  const { id } = (await me(accessToken)).json();
  const { pool: db } = t.platform.database;
  await db.query('UPDATE auth.users SET is_active = false WHERE id = $1', [id]);
  await db.query(`SELECT pg_notify('spacedly_user_changed', $1)`, [id]);
  await waitFor(async () => (await me(accessToken)).statusCode === 401, 1_000);
});
