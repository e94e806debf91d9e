/**
 * A Vite plugin: the page asks at once for the chunk `name` and all it stands on. The app is imported dynamically,
 * after the words of the chosen language; without this its download would begin only then.
 */
export function preloadChunk(name) {
  return {
    name: 'spacedly:preload-chunk',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const start = Object.values(bundle).find((output) => output.type === 'chunk' && output.name === name);
        const files = new Set();
        const collect = (file) => {
          if (files.has(file)) return;
          files.add(file);
          for (const next of bundle[file]?.imports ?? []) collect(next);
        };
        if (start) collect(start.fileName);
        return [...files]
          .filter((file) => !html.includes(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
            injectTo: 'head',
          }));
      },
    },
  };
}
