import { expect, test } from 'vitest';
import { isIdentityHeader } from './identity-headers.ts';
import { securityHeaders } from './security-headers.ts';

test('headers that say who somebody is are found in any spelling, their neighbours are not', () => {
  const bad = ['x-user', 'x-user-id', 'x_user_id', 'X-User_Role', 'x-spacedly-gateway', 'X_SPACEDLY_X'];
  const good = ['x-request-id', 'user-agent', 'x-users', 'x-userland', 'xx-user-id', 'x-forwarded-for'];
  expect([...bad, ...good].filter(isIdentityHeader)).toEqual(bad);
});

test('browsers are told to stay on https only where the product is on https', () => {
  const hsts = (isProduction: boolean, PUBLIC_URL: string) =>
    securityHeaders({ isProduction, PUBLIC_URL })['strict-transport-security'];
  expect(hsts(true, 'https://plan.example.com')).toBe('max-age=31536000; includeSubDomains');
  expect(hsts(true, 'http://localhost:3000')).toBeUndefined();
  expect(hsts(false, 'https://plan.example.com')).toBeUndefined();
});

test('no script within a page is ever allowed', () => {
  const policy = securityHeaders({ isProduction: true, PUBLIC_URL: 'https://x.example' })[
    'content-security-policy'
  ];
  const scripts = policy?.split('; ').find((directive) => directive.startsWith('script-src'));
  expect(scripts).toBe("script-src 'self'");
});
