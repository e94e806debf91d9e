import { expect, test } from 'vitest';
import { ConfigError, loadConfig } from './load.ts';

const OIDC = { OIDC_ISSUER: 'https://login.example.com', OIDC_CLIENT_ID: 'x' };
const GOOGLE = { GOOGLE_CLIENT_ID: 'x', GOOGLE_CLIENT_SECRET: 'y' };

function issuesOf(env: Record<string, string>): string {
  try {
    loadConfig(env);
    return '';
  } catch (error) {
    if (error instanceof ConfigError) return error.issues.join('\n');
    throw error;
  }
}

test.each([
  [{}],
  [OIDC],
  [GOOGLE],
  [{ ...OIDC, OIDC_CLIENT_SECRET: 's', OIDC_NAME: 'Example' }],
  [{ ...OIDC, OIDC_ISSUER: 'http://127.0.0.1:4000' }],
  [{ ...OIDC, OIDC_ISSUER: 'http://localhost:4000/realms/a' }],
  [{ ...OIDC, OIDC_ISSUER: 'http://[::1]:4000' }],
  [{ COGNITO_USER_POOL_ID: 'us-east-1_Local0001', COGNITO_CLIENT_IDS: 'a, b' }],
  [{ OIDC_ISSUER: '', OIDC_CLIENT_ID: '', GOOGLE_CLIENT_ID: '', COGNITO_USER_POOL_ID: '' }],
])('%j is complete', (env) => {
  expect(issuesOf(env)).toBe('');
});

test.each([
  [{ OIDC_ISSUER: 'https://login.example.com' }, 'OIDC_CLIENT_ID'],
  [{ OIDC_CLIENT_ID: 'x' }, 'OIDC_ISSUER'],
  [{ GOOGLE_CLIENT_ID: 'x' }, 'GOOGLE_CLIENT_SECRET'],
  [{ ...OIDC, ...GOOGLE }, 'one sign-in provider'],
  [{ ...OIDC, OIDC_ISSUER: 'http://login.example.com' }, 'must be an https address'],
  [{ ...OIDC, OIDC_ISSUER: 'http://localhost.example.com' }, 'must be an https address'],
  [{ ...OIDC, OIDC_ISSUER: 'ftp://login.example.com' }, 'OIDC_ISSUER'],
  [{ COGNITO_USER_POOL_ID: 'us-east-1_Local0001' }, 'COGNITO_CLIENT_IDS'],
  [{ COGNITO_USER_POOL_ID: 'nonsense', COGNITO_CLIENT_IDS: 'a' }, 'COGNITO_USER_POOL_ID'],
  [{ COGNITO_USER_POOL_ID: 'us-east-1_Local0001', COGNITO_CLIENT_IDS: ',' }, 'COGNITO_CLIENT_IDS'],
])('%j is not: the message names %s', (env, named) => {
  expect(issuesOf(env)).toContain(named);
});

test('client ids are a list', () => {
  const env = { COGNITO_USER_POOL_ID: 'us-east-1_Local0001', COGNITO_CLIENT_IDS: ' a ,b' };
  expect(loadConfig(env).COGNITO_CLIENT_IDS).toEqual(['a', 'b']);
});
