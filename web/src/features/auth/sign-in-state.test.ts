import { expect, it } from 'vitest';
import { readHandOver } from './sign-in-state.ts';

it('reads what another provider’s sign-in left in the fragment', () => {
  expect(
    readHandOver(
      '#challenge=abc&methods=totp,recovery,fax&expiresAt=2026-12-09T09%3A00%3A00.000Z&returnTo=%2Ftasks',
    ),
  ).toEqual({
    required: {
      status: 'second_factor_required',
      challenge: 'abc',
      methods: ['totp', 'recovery'],
      expiresAt: '2026-12-09T09:00:00.000Z',
    },
    returnTo: '/tasks',
  });
});

it.each(['', '#', '#content', '#methods=totp'])('there is nothing in %j', (hash) => {
  expect(readHandOver(hash)).toBeNull();
});
