import sharp from 'sharp';

const RATES = [18, 46, 82, 100, 64, 21];

/** A picture worth attaching: bars of an experiment. */
export function chart(): Promise<Buffer> {
  const bars = RATES.map(
    (rate, index) =>
      `<rect x="${60 + index * 88}" y="${330 - rate * 2.6}" width="56" height="${rate * 2.6}" fill="#2b8470"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400">
    <rect width="640" height="400" fill="#ffffff"/>${bars.join('')}
    <path d="M40 20V330H610" stroke="#4d5652" stroke-width="3" fill="none"/></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

/** The smallest document that is one. */
export function pdf(): Buffer {
  return Buffer.from(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
      '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  );
}

export function csv(): Buffer {
  return Buffer.from(
    `celsius,rate\n${RATES.map((rate, index) => `${20 + index * 10},${rate}`).join('\n')}\n`,
  );
}
