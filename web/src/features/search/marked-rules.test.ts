import { describe, expect, it } from 'vitest';
import { splitMarked } from './marked-rules.ts';

describe('what a search found', () => {
  it('is parted at the marks', () => {
    expect(splitMarked('a <mark>b</mark><mark>c</mark> d')).toEqual([
      { text: 'a ', isFound: false },
      { text: 'b', isFound: true },
      { text: 'c', isFound: true },
      { text: ' d', isFound: false },
    ]);
    expect(splitMarked('')).toEqual([]);
  });

  it('is read as it was written, once', () => {
    expect(splitMarked('1 &lt; 2 &amp;lt; &quot;x&quot; &#39;y&#x27; &nope; &#9999999;')).toEqual([
      { text: '1 < 2 &lt; "x" \'y\' &nope; &#9999999;', isFound: false },
    ]);
  });

  it('is text, whatever else is in it', () => {
    expect(splitMarked('<img src=x onerror=alert(1)> <mark>a<b></mark> <mark>open')).toEqual([
      { text: '<img src=x onerror=alert(1)> ', isFound: false },
      { text: 'a<b>', isFound: true },
      { text: ' <mark>open', isFound: false },
    ]);
  });
});
