import { expect, it } from 'vitest';
import { addressOf, addressText } from './address.ts';

it.each([
  ['ada@example.com', { email: 'ada@example.com' }],
  ['  ada@example.com ', { email: 'ada@example.com' }],
  ['+49 (171) 123-45.67', { phone: '+491711234567' }],
  ['0171/123', { phone: '0171123' }],
  ['123@example.com', { email: '123@example.com' }],
  ['not an address', { email: 'not an address' }],
])('%s', (typed, address) => {
  expect(addressOf(typed)).toEqual(address);
});

it('is written as it was taken', () => {
  expect(addressText({ phone: '+14155550123' })).toBe('+14155550123');
  expect(addressText({ email: 'ada@example.com' })).toBe('ada@example.com');
});
