import { server } from './texts.ts';

const NUMBER = /\d+(?:[.,]\d+)*/g;

function lookUp(words: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined;
}

/** What the server says about a field or a request, in the person's language; undefined when we have no words for it. */
export function sentenceWords(said: string): string | undefined {
  if (server === null) return said;
  // What was typed in one line is told with the name of its part, which is for programs.
  const sentence = said.replace(/^\w+: /, '');
  const numbers = sentence.match(NUMBER) ?? [];
  const words = lookUp(server.sentences, sentence.replaceAll(NUMBER, '#'));
  return words?.replaceAll('#', () => numbers.shift() ?? '');
}

/** A problem in the person's language, by the last part of its type. */
export function problemWords(slug: string): string | undefined {
  return server === null ? undefined : lookUp(server.problems, slug);
}
