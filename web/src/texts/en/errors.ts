import { counting } from '../counting.ts';

const count = counting('en');

export const errors = {
  unexpected: 'Something went wrong. Please try again.',
  unreachable: 'Spacedly cannot be reached. Check your connection and try again.',
  tryAgainIn: (seconds: number) =>
    seconds < 90
      ? `Try again in ${count(seconds, 'second', 'seconds')}.`
      : `Try again in ${Math.ceil(seconds / 60)} minutes.`,
  loadFailed: 'This could not be loaded',
  crashTitle: 'This page ran into a problem',
  crashText:
    'What you saved is safe. Load the page again; if it keeps happening, the number below helps whoever runs this Spacedly.',
  requestId: (id: string) => `Request ${id}`,
  reload: 'Load again',
  toToday: 'Go to Today',
  notFoundTitle: 'There is nothing at this address',
  notFoundText: 'The link may be old, or what it led to was deleted.',
  notFoundHome: 'Go to the start',
};
