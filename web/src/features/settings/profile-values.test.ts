import { expect, it } from 'vitest';
import type { Me } from '../../shared/api.ts';
import { changesOf, valuesOf } from './profile-values.ts';

const me = {
  name: 'Ada',
  timeZone: 'UTC',
  username: 'ada',
  country: null,
  dob: null,
  bio: 'Numbers',
} as Me;

it('nothing typed changes nothing', () => {
  expect(changesOf(valuesOf(me), me)).toEqual({});
});

it('sends what differs, and null for what was emptied', () => {
  const values = {
    ...valuesOf(me),
    name: ' Ada L ',
    username: ' ',
    country: 'GB',
    bio: '',
    dob: '1990-01-02',
  };
  expect(changesOf(values, me)).toEqual({
    name: 'Ada L',
    username: null,
    country: 'GB',
    bio: null,
    dob: '1990-01-02',
  });
});
