import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the list of imports stands, for whoever has to change it. */
const LIST = 'src/app/mantine.css';
const FOLDER = join(dirname(fileURLToPath(import.meta.resolve('@mantine/core/styles.css'))), 'styles');
const CLASS = /\bm_[0-9a-f]+\b/g;

const classesIn = (text) => new Set(text.match(CLASS));

/** The classes that each component of Mantine gives its parts, by the name of its style sheet. */
function sheets() {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.css') && !name.endsWith('.layer.css'));
  return names.map((name) => [name, classesIn(readFileSync(join(FOLDER, name), 'utf8'))]);
}

/**
 * A Vite plugin. The app imports the styles of the components it has instead of all, a third less to load at first.
 * A component without its styles would stand there bare, so a build that has one fails and says which; so does one that
 * brings styles of a component that is gone.
 */
export function usedStyles() {
  return {
    name: 'used-styles',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
      const used = classesIn(chunks.map(({ code }) => code).join('\n'));
      const styles = readFileSync(join(import.meta.dirname, '..', LIST), 'utf8');
      for (const [name, classes] of sheets()) {
        const isImported = styles.includes(`/styles/${name}`);
        const isUsed = classes.size === 0 || [...classes].some((one) => used.has(one));
        if (isUsed && !isImported) this.error(`${LIST} must import ${name}, in the order of styles.css`);
        if (isImported && !isUsed) this.error(`${LIST} imports ${name}, which no page needs`);
      }
    },
  };
}
