import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, normalizePath } from 'vite';

/** What is loaded first: the words, what every page stands on, toasts soon after it, signing in, and Today. */
const WORDS = 'src/app/main.tsx';
const REACT = 'src/app/react.ts';
const START = 'src/app/start.tsx';
const TOASTS = 'src/app/toasts.tsx';
const SIGN_IN = 'src/features/auth/sign-in-page.tsx';
const TODAY = ['src/app/shell.tsx', 'src/features/today/today-page.tsx'];

/** The chunks of a build, by name of file. */
async function plainChunks(root) {
  const { output } = await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    build: { write: false, minify: false },
  });
  return new Map(output.filter(({ type }) => type === 'chunk').map((chunk) => [chunk.fileName, chunk]));
}

/** Says of each module which file it belongs into; of most, none in particular. */
async function fileOfModules(root) {
  const chunks = await plainChunks(root);
  const needsOf = (...entries) => {
    const modules = new Set();
    const seen = new Set();
    const visit = (chunk) => {
      if (chunk === undefined || seen.has(chunk)) return;
      seen.add(chunk);
      for (const id of chunk.moduleIds) modules.add(id);
      for (const file of chunk.imports) visit(chunks.get(file));
    };
    for (const entry of entries) {
      const id = normalizePath(join(root, entry));
      const holder = [...chunks.values()].find((chunk) => chunk.moduleIds.includes(id));
      if (holder === undefined) throw new Error(`the build has no ${entry}`);
      visit(holder);
    }
    return modules;
  };
  const [words, react, start, toasts] = [WORDS, REACT, START, TOASTS].map((entry) => needsOf(entry));
  const [signIn, today] = [needsOf(SIGN_IN), needsOf(...TODAY)];
  return (id) => {
    // They are there before anything else, which they would not be in one file with it.
    if (words.has(id)) return null;
    if (react.has(id)) return 'react';
    if (start.has(id)) return 'start';
    if (today.has(id)) return signIn.has(id) || toasts.has(id) ? 'forms' : 'planner';
    return signIn.has(id) && !toasts.has(id) ? 'sign-in' : null;
  };
}

/**
 * A Vite plugin. The bundler makes a chunk of every set of modules that the same pages share, so that Today began with 77
 * files. This builds once to learn what is needed together and puts that into one file each: 10 % less to load, and no
 * waiting in line where a connection carries one request at a time.
 */
export function firstChunks(root) {
  return {
    name: 'spacedly:first-chunks',
    apply: 'build',
    async config() {
      const name = await fileOfModules(root);
      const codeSplitting = { includeDependenciesRecursively: false, groups: [{ name }] };
      return { build: { rolldownOptions: { output: { codeSplitting } } } };
    },
  };
}
