import { expect, test } from 'vitest';
import type { HttpMethod } from './contract.ts';
import { requiredScope, scopes } from './scopes.ts';

test.each<[HttpMethod, string, string | null]>([
  ['GET', '/v1/tasks', 'tasks:read'],
  ['POST', '/v1/tasks/:taskId/complete', 'tasks:write'],
  ['DELETE', '/v1/reminders/:reminderId', 'tasks:write'],
  ['GET', '/v1/attachments/:attachmentId', 'tasks:read'],
  ['GET', '/v1/analytics/streaks', 'tasks:read'],
  ['GET', '/v1/notifications/stream', 'notifications:read'],
  ['GET', '/v1/documents', 'documents:read'],
  ['PATCH', '/v1/users/me', 'users:write'],
  ['DELETE', '/v1/users/me', null],
  ['GET', '/v1/users/me/export', null],
  ['GET', '/v1/auth/sessions', null],
  ['POST', '/v1/auth/tokens', null],
  ['GET', '/v1/admin/users', null],
  ['GET', '/dev/mailbox', null],
])('%s %s needs %s', (method, path, scope) => {
  expect(requiredScope({ method, path })).toBe(scope);
});

test('a service nobody thought of here is closed to tokens, as no token can be granted its scope', () => {
  const scope = requiredScope({ method: 'GET', path: '/v1/payments' });
  expect(scope).toBe('payments:read');
  expect(Object.keys(scopes)).not.toContain(scope);
});
