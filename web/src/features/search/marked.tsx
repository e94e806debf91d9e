import { splitMarked } from './marked-rules.ts';

/** A text with the words that were found in it. */
export function Marked({ html }: { html: string }) {
  return splitMarked(html).map(({ text, isFound }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text that is as it is
    isFound ? <mark key={index}>{text}</mark> : text,
  );
}
