import { expect, it } from 'vitest';
import { splitMentions } from './mentions.ts';

const mentioned = (content: string) =>
  splitMentions(content)
    .filter(({ isMention }) => isMention)
    .map(({ text }) => text);

it('finds who is mentioned, and no addresses', () => {
  expect(mentioned('@ada look, (@bob.b) and @c_d. Not me@example.com, not @ alone')).toEqual([
    '@ada',
    '@bob.b',
    '@c_d',
  ]);
});

it('loses nothing of what was written', () => {
  const content = 'Hi @ada,\n@bob @ @@x ok';
  expect(
    splitMentions(content)
      .map(({ text }) => text)
      .join(''),
  ).toBe(content);
});
