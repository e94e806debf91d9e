import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFinder, highlight, snippetOf } from './highlight.ts';
import { lookupOf, needsRow, readQuery, toWebsearch, type Wanted, widthsFor, withPrefix } from './rules.ts';

const wanted = (q: string) => readQuery(q) as Wanted;

test.each([
  ['graph theory', '"graph" "theory"', true],
  ['  graph  ', '"graph"', false],
  ['"graph theory"', '"graph theory"', false],
  ['"graph theory', '"graph theory"', false],
  ['graph -tree', '"graph" -"tree"', false],
  ['graph -"a tree"', '"graph" -"a tree"', false],
  ['graph or tree', '"graph" or "tree"', true],
  ['graph OR -tree', '"graph"', false],
  ['or or x', '"x"', true],
  ['foo-bar ada@example.com', '"foo bar" "ada example com"', true],
  ['C++ c#', '"C" "c"', false],
  ['漢字 हिन्दी', '"漢字" "हिन्दी"', true],
  [`it's:* & !a | <b>`, '"it s" "a" "b"', false],
])('%s is understood as %s', (q, text, isPrefix) => {
  expect(toWebsearch(wanted(q), { onlyWanted: false })).toBe(text);
  expect(wanted(q).isPrefix).toBe(isPrefix);
});

test.each([
  '',
  ' ',
  '-',
  '""',
  '"',
  '- - "',
  '-graph',
  '-graph or -tree',
  'or',
  '&|!():*',
  '😀 …',
  '"'.repeat(200),
])('%j asks for nothing', (q) => expect(readQuery(q)).toBe(null));

test('a query without what must not be there', () => {
  expect(toWebsearch(wanted('graph -tree or node'), { onlyWanted: true })).toBe('"graph" or "node"');
});

test('the last word is the beginning of one, a short one as a word of its own', () => {
  expect(withPrefix(`'a' & 'b' <-> 'gra'`)).toBe(`'a' & 'b' <-> 'gra':*`);
  expect(lookupOf(`'a' & 'b' <-> 'gra' | 'c' <2> 'd'`, true)).toBe(`'a' & 'b' & 'gra' | 'c' & '^d'`);
  expect(lookupOf(`'graph'`, true)).toBe(`'graph':*`);
  expect(lookupOf(`'graph'`, false)).toBe(`'graph'`);
  expect([needsRow(`'a' <-> 'b'`), needsRow(`'a' & !'b'`), needsRow(`'a' & 'b':*`)]).toEqual([
    true,
    true,
    false,
  ]);
});

test('the newest eras are looked at first where there are many', () => {
  expect([0, 19, 20, 199, 1_000].map(widthsFor)).toEqual([[0], [0], [2, 20, 0], [2, 20, 0], [2, 20, 200, 0]]);
});

const marked = (text: string, q: string, isFuzzy = false) =>
  highlight(text, createFinder(wanted(q), isFuzzy));

test.each([
  [
    'Graph <b>theory</b> & "graphs"',
    'graph',
    '<mark>Graph</mark> &lt;b&gt;theory&lt;/b&gt; &amp; &quot;<mark>graphs</mark>&quot;',
  ],
  ['Graph graphs', '"graph"', '<mark>Graph</mark> graphs'],
  ['a tree', 'tree -a', 'a <mark>tree</mark>'],
  ['Über CAFÉ', 'uber cafe', '<mark>Über</mark> <mark>CAFÉ</mark>'],
  ['日本の漢字です', '漢字', '日本の<mark>漢字</mark>です'],
  ['foo-bar', 'foo-bar', '<mark>foo</mark>-<mark>bar</mark>'],
  ['<mark>x</mark>', 'mark', '&lt;<mark>mark</mark>&gt;x&lt;/<mark>mark</mark>&gt;'],
])('%s with %s marked', (text, q, html) => expect(marked(text, q)).toBe(html));

test('what is nearly the word is marked where nothing is the word', () => {
  expect(marked('Learn graphs today', 'grpahs', true)).toBe('Learn <mark>graphs</mark> today');
});

test('a snippet shows the first found word, and where it is cut', () => {
  const text = `${'word '.repeat(100)}needle${' word'.repeat(100)}`;
  const snippet = snippetOf(
    { text, isCutBefore: false, isCutAfter: false },
    createFinder(wanted('needle'), false),
  );
  expect(snippet).toMatch(/^…(word )+<mark>needle<\/mark>( word)+…$/);
  expect(snippet.length).toBeLessThan(270);
  const short = { text: 'needle', isCutBefore: true, isCutAfter: false };
  expect(snippetOf(short, createFinder(wanted('x'), false))).toBe('…needle');
});

test('no text and no query get HTML through', () => {
  const nasty = fc.string({
    unit: fc.constantFrom(...`<>&"'/markscript=a😀é漢 -…\uE000\u0000`),
    maxLength: 60,
  });
  fc.assert(
    fc.property(nasty, nasty, fc.boolean(), (text, q, isFuzzy) => {
      const asked = readQuery(q);
      if (asked === null) return;
      const finder = createFinder(asked, isFuzzy);
      for (const html of [
        highlight(text, finder),
        snippetOf({ text, isCutBefore: true, isCutAfter: true }, finder),
      ]) {
        const plain = html.replaceAll(/<\/?mark>/g, '');
        expect(plain).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
      }
      const back = highlight(text, finder)
        .replaceAll(/<\/?mark>/g, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&');
      expect(back).toBe(text);
    }),
  );
});
