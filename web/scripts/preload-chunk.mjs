/** The font of the first words. Without a preload it comes after them, and what stands below them moves. */
const FONT = /figtree-latin-wght-normal-.*\.woff2$/;

/**
 * A Vite plugin: the page asks at once for the chunk `name` and all it stands on. The app is imported dynamically,
 * after the words of the chosen language; without this its download would begin only then. So for the font.
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
        const link = (attrs) => ({ tag: 'link', attrs: { ...attrs, crossorigin: true }, injectTo: 'head' });
        const fonts = Object.keys(bundle).filter((file) => FONT.test(file));
        return [
          ...fonts.map((file) => link({ rel: 'preload', as: 'font', type: 'font/woff2', href: `/${file}` })),
          ...[...files]
            .filter((file) => !html.includes(file))
            .map((file) => link({ rel: 'modulepreload', href: `/${file}` })),
        ];
      },
    },
  };
}
