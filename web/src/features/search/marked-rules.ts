const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function unescaped(html: string): string {
  return html.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
  });
}

/**
 * What a search found, in parts: the server escapes the text and puts found words in `<mark>`. Nothing else in it is
 * taken for HTML: it is shown as the text it is.
 */
export function splitMarked(html: string): { text: string; isFound: boolean }[] {
  return html
    .split(/(<mark>.*?<\/mark>)/s)
    .filter((part) => part !== '')
    .map((part) => {
      const isFound = part.startsWith('<mark>') && part.endsWith('</mark>');
      return { text: unescaped(isFound ? part.slice(6, -7) : part), isFound };
    });
}
