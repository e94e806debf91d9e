import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentDisposition, downloadName, parseRange } from './headers.ts';

test.each([
  ['notes.txt', `attachment; filename="notes.txt"; filename*=UTF-8''notes.txt`],
  ['a "b" \\ c%.pdf', `attachment; filename="a _b_ _ c_.pdf"; filename*=UTF-8''a%20%22b%22%20%5C%20c%25.pdf`],
  ['naïve 🧠.md', `attachment; filename="na_ve __.md"; filename*=UTF-8''na%C3%AFve%20%F0%9F%A7%A0.md`],
  ["it's (1)*.csv", `attachment; filename="it's (1)*.csv"; filename*=UTF-8''it%27s%20%281%29%2A.csv`],
])('%s', (name, expected) => {
  expect(contentDisposition(name, 'attachment')).toBe(expected);
});

test('no name breaks out of the header, and every name comes back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 }), (name) => {
      const header = contentDisposition(name, 'inline');
      expect(header).toMatch(/^inline; filename="[\x20-\x7e]*"; filename\*=UTF-8''[A-Za-z0-9!~._%-]*$/);
      expect(header.split('"')).toHaveLength(3);
      expect(decodeURIComponent(header.split("UTF-8''")[1] as string)).toBe(name);
    }),
  );
});

test('a photo is saved as what it became', () => {
  expect(downloadName('beach.day.jpg', 'image/webp')).toBe('beach.day.webp');
  expect(downloadName('drawing.png', 'image/png')).toBe('drawing.png');
  expect(downloadName('notes.txt', 'text/plain')).toBe('notes.txt');
});

test.each([
  [undefined, 'whole'],
  ['bytes=0-4', { start: 0, end: 4 }],
  ['bytes=5-', { start: 5, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-30', { start: 0, end: 9 }],
  ['bytes=8-99', { start: 8, end: 9 }],
  ['bytes=10-', null],
  ['bytes=10-20', null],
  ['bytes=-0', null],
  ['bytes=5-4', 'whole'],
  ['bytes=0-1,3-4', 'whole'],
  ['bytes=-', 'whole'],
  ['lines=0-4', 'whole'],
  ['bytes=a-b', 'whole'],
])('of ten bytes %s is %o', (header, expected) => {
  expect(parseRange(header, 10)).toEqual(expected);
});

test('of nothing there is no part', () => {
  expect(parseRange('bytes=0-0', 0)).toBeNull();
  expect(parseRange(undefined, 0)).toBe('whole');
});
