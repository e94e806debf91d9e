import { expect, test } from 'vitest';
import { createServiceTokens } from './auth/service-token.ts';
import { deriveSecrets, equalInConstantTime } from './secrets.ts';

const secrets = deriveSecrets('one secret of an installation, long enough');
const others = deriveSecrets('another secret of another installation');

test('what is sealed opens under the same secret only', () => {
  const sealed = secrets.seal('012345 ☂');
  expect(sealed).not.toContain('012345');
  expect(secrets.open(sealed)).toBe('012345 ☂');
  expect(secrets.seal('012345 ☂')).not.toBe(sealed);
  expect(() => others.open(sealed)).toThrow();
  const bytes = Buffer.from(sealed, 'base64url');
  bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
  expect(() => secrets.open(bytes.toString('base64url'))).toThrow();
  expect(() => secrets.open('')).toThrow();
});

test('comparison tells equal from unequal of any length', () => {
  expect(equalInConstantTime('abc', 'abc')).toBe(true);
  expect(equalInConstantTime('abc', 'abd')).toBe(false);
  expect(equalInConstantTime('abc', 'abcd')).toBe(false);
});

test('service tokens live two minutes and belong to one installation', () => {
  let now = 1_800_000_000_000;
  const tokens = createServiceTokens(secrets, () => now);
  const token = tokens.issue();
  expect(tokens.verify(token)).toBe(true);
  expect(createServiceTokens(others, () => now).verify(token)).toBe(false);
  for (const bad of [undefined, '', 'x', `${token}0`, token.replace(/^\d+/, '9999999999')]) {
    expect(tokens.verify(bad)).toBe(false);
  }
  now += 119_000;
  expect(tokens.verify(token)).toBe(true);
  now += 2_000;
  expect(tokens.verify(token)).toBe(false);
  expect(tokens.verify(tokens.issue())).toBe(true);
});
