import { expect, test } from 'vitest';
import { dayIn } from './rules.ts';

test.each([
  ['UTC', '2026-03-01T23:59:59.999Z', '2026-03-01'],
  ['Pacific/Kiritimati', '2026-03-01T10:00:00.000Z', '2026-03-02'],
  ['Pacific/Pago_Pago', '2026-03-01T10:59:59.000Z', '2026-02-28'],
  ['Asia/Kolkata', '2026-03-01T18:30:00.000Z', '2026-03-02'],
  ['Europe/Berlin', '2026-03-28T23:30:00.000Z', '2026-03-29'],
])('in %s the instant %s lies on %s', (zone, instant, day) => {
  expect(dayIn(zone, new Date(instant))).toBe(day);
});
