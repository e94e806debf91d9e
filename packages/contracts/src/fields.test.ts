import { expect, test } from 'vitest';
import { day, email, instant, phone, text, timeZone, webLink } from './fields.ts';
import { problemCode, problems, problemType } from './problems.ts';

test.each([
  [instant, '2026-12-09T09:00:00Z', '2026-12-09T09:00:00.000Z'],
  [instant, '2026-12-09T10:00:00.5+01:00', '2026-12-09T09:00:00.500Z'],
  [instant, '2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  [day, '2024-02-29', '2024-02-29'],
  [email, ' Ada+x@Example.com ', 'Ada+x@Example.com'],
  [timeZone, 'America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  [phone, '+14155550123', '+14155550123'],
  [webLink, 'https://example.com/?a=1#b', 'https://example.com/?a=1#b'],
])('accepts %#: %s', (schema, value, expected) => {
  expect(schema.parse(value)).toBe(expected);
});

test.each([
  [instant, '2026-12-09'],
  [instant, '2026-12-09T09:00:00'],
  [instant, '2026-13-09T09:00:00Z'],
  [instant, '2025-02-29T00:00:00Z'],
  [instant, '1899-12-31T23:59:59Z'],
  [instant, '0000-01-01T00:00:00Z'],
  [instant, 0],
  [day, '2025-02-29'],
  [day, '0001-01-01'],
  [email, 'a@b'],
  [email, `${'a'.repeat(250)}@example.com`],
  [email, 'аda@exаmple.com'],
  [timeZone, '+02:00'],
  [timeZone, ''],
  [timeZone, 'Europe/../etc'],
  [phone, '0014155550123'],
  [webLink, 'ftp://example.com'],
  [webLink, 'javascript:alert(1)'],
  [text({ max: 5 }), 'a\u0000'],
  [text({ max: 5 }), '\ud800'],
  [text({ max: 5 }), '123456'],
  [text({ min: 1, max: 5 }), '   '],
])('refuses %#: %j', (schema, value) => {
  expect(schema.safeParse(value).success).toBe(false);
});

test('every problem has an address that leads back to it', () => {
  for (const code of Object.keys(problems) as (keyof typeof problems)[]) {
    expect(problemCode(problemType(code))).toBe(code);
  }
  expect(problemCode('https://elsewhere.example/task-not-found')).toBeNull();
  expect(problemCode('https://spacedly.dev/problems/constructor')).toBeNull();
});
