import { beforeAll, expect, inject, test } from 'vitest';
import { createClient, type Person } from '../harness/client.ts';
import { waitFor } from '../harness/wait.ts';

const client = createClient(inject('systemUrl'));
let person: Person;
beforeAll(async () => {
  person = await client.signUp();
});

interface Made {
  id: string;
  token: string;
}
async function tokenFor(...scopes: string[]): Promise<Made & { headers: Record<string, string> }> {
  const json = { name: scopes.join(' '), scopes };
  const { status, body } = await client.send<Made>('/v1/auth/tokens', {
    method: 'POST',
    headers: person.headers,
    json,
  });
  expect(status).toBe(201);
  return { ...body, headers: { authorization: `Bearer ${body.token}` } };
}
const statusOf = async (path: string, headers: Record<string, string>, method = 'GET', json?: object) =>
  (await client.send(path, { method, headers, ...(json && { json }) })).status;

test('a personal access token reaches what it was granted in every service, and nothing else', async () => {
  const { headers } = await tokenFor('tasks:write', 'notifications:read');
  expect(await statusOf('/v1/tasks', headers, 'POST', { title: 'By a script' })).toBe(201);
  expect(await statusOf('/v1/notifications', headers)).toBe(200);
  expect(await statusOf('/v1/tasks', headers)).toBe(403);
  expect(await statusOf('/v1/notifications/read-all', headers, 'POST')).toBe(403);
  expect(await statusOf('/v1/users/me', headers)).toBe(403);
  expect(await statusOf('/v1/auth/tokens', headers)).toBe(403);
  expect(await statusOf('/v1/auth/logout-all', headers, 'POST')).toBe(403);
  expect(await statusOf('/v1/users/me', headers, 'DELETE', { password: person.password })).toBe(403);
});

test('a deleted one is cut off within a second, in whatever process it was used', async () => {
  const { id, headers } = await tokenFor('tasks:read', 'notifications:read');
  for (const path of ['/v1/tasks', '/v1/notifications']) expect(await statusOf(path, headers)).toBe(200);
  expect(await statusOf(`/v1/auth/tokens/${id}`, person.headers, 'DELETE')).toBe(204);
  for (const path of ['/v1/tasks', '/v1/notifications']) {
    await waitFor(async () => (await statusOf(path, headers)) === 401, 1_000, `401 for ${path}`);
  }
});

test('verifiers elsewhere find what they need', async () => {
  const { body: metadata } = await client.send<{ issuer: string; jwks_uri: string }>(
    '/.well-known/openid-configuration',
  );
  expect(metadata.jwks_uri).toBe(`${metadata.issuer}/.well-known/jwks.json`);
  const { body } = await client.send<{ keys: { kty: string }[] }>('/.well-known/jwks.json');
  expect(body.keys.map(({ kty }) => kty)).toContain('OKP');
});

test('once a logout is answered, the very next request with its token is refused', async () => {
  const identifier = person.email;
  for (let round = 0; round < 20; round += 1) {
    const { body } = await client.send<{ tokens: { accessToken: string } }>('/v1/auth/login', {
      method: 'POST',
      json: { identifier, password: person.password },
    });
    const headers = { authorization: `Bearer ${body.tokens.accessToken}` };
    const path = round % 2 === 0 ? '/v1/tasks' : '/v1/users/me';
    expect(await statusOf(path, headers)).toBe(200);
    expect(await statusOf('/v1/auth/logout', headers, 'POST')).toBe(204);
    expect(await statusOf(path, headers)).toBe(401);
  }
});
