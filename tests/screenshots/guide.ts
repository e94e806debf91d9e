import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Chapter, Scene } from './scene.ts';

const GUIDE = fileURLToPath(new URL('../../docs/guide/pages.md', import.meta.url));
const HEAD = `# Every page in pictures

Each page of the web app in its light and its dark theme, the main ones on a phone as well. \`npm run screenshots\` takes
the pictures anew from a running Spacedly with an invented person in it, and writes this page.
`;

function picture(name: string, words: string, width: string): string {
  return `<img src="../images/pages/${name}.webp" alt="${words}" width="${width}">`;
}

function part({ name, sentence, phone }: Scene): string {
  const words = sentence.replaceAll('"', '&quot;');
  const lines = [
    picture(`${name}-light`, `${words} Light theme.`, '49%'),
    picture(`${name}-dark`, `${words} Dark theme.`, '49%'),
    ...(phone ? [picture(`${name}-phone`, `${words} On a phone, both themes.`, '49%')] : []),
  ];
  return `${sentence}\n\n${lines.join('\n')}\n`;
}

/** Writes the page of the guide that shows all pictures. */
export async function writeGuide(chapters: readonly Chapter[]): Promise<void> {
  const parts = chapters.flatMap(({ title, scenes }) => [`## ${title}\n`, ...scenes.map(part)]);
  await writeFile(GUIDE, [HEAD, ...parts].join('\n'));
}
