import { expect, test } from 'vitest';
import type { StoredMessage } from '../templates/messages.ts';
import { isWorthSending, openContent } from './rules.ts';

const now = new Date('2026-12-09T09:00:00.000Z');
const code = (expiresAt: string): StoredMessage => ({
  kind: 'code',
  purpose: 'SIGNUP',
  name: 'Ada',
  sealedCode: 'sealed:123456',
  expiresAt,
});

test('a code is sent until it expires, other messages always', () => {
  expect(isWorthSending(code('2026-12-09T09:00:00.001Z'), now)).toBe(true);
  expect(isWorthSending(code('2026-12-09T09:00:00.000Z'), now)).toBe(false);
  expect(isWorthSending({ kind: 'address-taken' }, now)).toBe(true);
});

test('opening a message replaces the sealed code', () => {
  const content = openContent(code('2026-12-09T09:10:00.000Z'), (sealed) => sealed.slice(7));
  expect(content).toMatchObject({ kind: 'code', code: '123456' });
  expect(content).not.toHaveProperty('sealedCode');
  expect(content).not.toHaveProperty('link');
  const withLink = { ...code('2026-12-09T09:10:00.000Z'), sealedLink: 'sealed:/x' } as StoredMessage;
  expect(openContent(withLink, (sealed) => sealed.slice(7))).toMatchObject({ code: '123456', link: '/x' });
});
