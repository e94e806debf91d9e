import { expect, test } from 'vitest';
import { clientOf } from './client.ts';

test('clients have names people recognise', () => {
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  expect(clientOf(firefox)).toEqual({ device: 'Firefox on Linux', browser: 'Firefox', os: 'Linux' });
  expect(clientOf('curl/8.5.0')).toEqual({ device: 'curl/8.5.0', browser: null, os: null });
  expect(clientOf('')).toEqual({ device: 'Unknown device', browser: null, os: null });
});
