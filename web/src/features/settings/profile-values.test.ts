import { expect, it } from 'vitest';
import type { Me } from '../../shared/api.ts';
import { changesOf, valuesOf } from './profile-values.ts';

const me = {
  name: 'Ada',
  timeZone: 'UTC',
  locale: 'en-GB',
  username: 'ada',
  country: null,
  dob: null,
  bio: 'Numbers',
} as Me;

it('nothing typed changes nothing', () => {
  expect(changesOf(valuesOf(me), me)).toEqual({});
});

it('another language brings its own way to write, the same one keeps its country', () => {
  expect(changesOf({ ...valuesOf(me), language: 'de' }, me)).toEqual({ locale: 'de-DE' });
  const french = { ...me, locale: 'fr-FR' };
  expect(changesOf(valuesOf(french), french)).toEqual({});
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
