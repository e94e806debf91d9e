import fc from 'fast-check';
import { expect, test } from 'vitest';
import { username } from './auth/schemas.ts';
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

const parsed = (schema: typeof email | typeof phone | typeof username, value: string): string | null => {
  const { success, data } = schema.safeParse(value);
  return success ? data : null;
};
/** Letters that fold into each other or into ASCII, spaces that are trimmed, and signs of addresses. */
const tricky = fc.string({ unit: fc.constantFrom(...'aAbZ09._-+@ \tİıſKßＡа．\u200b'), maxLength: 20 });
const emailLike = fc.oneof(
  fc.emailAddress(),
  fc.tuple(tricky, tricky).map(([local, host]) => `${local}@${host}.com`),
);

test('an address that is accepted is the one that was typed, and has one lower case everywhere', () => {
  fc.assert(
    fc.property(emailLike, (typed) => {
      const address = parsed(email, typed);
      if (address === null) return;
      expect(address).toBe(typed.trim());
      // Only ASCII: there PostgreSQL's lower(), ours and any locale's agree, and no two letters look alike.
      expect(address).toMatch(/^[\x21-\x7e]+$/);
      expect(parsed(email, address)).toBe(address);
      expect(parsed(email, ` ${address.toUpperCase()}\t`)?.toLowerCase()).toBe(address.toLowerCase());
    }),
  );
});

test('phone numbers and user names have one spelling: what is accepted is what was typed', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'+0123456789 -()٣'), maxLength: 18 });
  for (const [schema, typed] of [
    [phone, digits],
    [username, tricky],
  ] as const) {
    fc.assert(fc.property(typed, (value) => [null, value].includes(parsed(schema, value))));
  }
});
