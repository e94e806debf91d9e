import { landing as de } from '../src/texts/de/landing.ts';
import { landing as en } from '../src/texts/en/landing.ts';
import { landing as es } from '../src/texts/es/landing.ts';
import { landing as hi } from '../src/texts/hi/landing.ts';

/** The font of the first words. Without a preload it comes after them, and what stands below them moves. */
const FONT = /figtree-latin-wght-normal-.*\.woff2$/;

/** What every page stands on. */
const ALWAYS = 'start';
/** What else public/before.js asks for: by language, and by the frame that is shown until the app is there. */
const CHOSEN = {
  en: 'en',
  de: 'de',
  es: 'es',
  hi: 'hi',
  landing: 'landing-page',
  card: 'sign-in',
  app: 'planner',
};

/** The files of the chunk and of all it imports, styles too. */
function filesOf(name, bundle) {
  const chunk = Object.values(bundle).find((output) => output.type === 'chunk' && output.name === name);
  if (chunk === undefined) throw new Error(`the build has no chunk ${name}`);
  const files = new Set();
  const collect = ({ fileName, imports, viteMetadata }) => {
    if (files.has(fileName)) return;
    files.add(fileName);
    for (const css of viteMetadata.importedCss) files.add(css);
    for (const next of imports) collect(bundle[next]);
  };
  collect(chunk);
  return [...files];
}

const TEXTS = { en, de, es, hi };
const LOGO = '<p class="logo"><img src="/favicon.svg" width="28" height="28" alt="" />Spacedly</p>';

const plain = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** The top of src/features/landing/landing-page.tsx in one language. */
function landingFrame([language, { headline, lead, signUp, signIn }]) {
  const sentences = headline.map((sentence) => `<span>${plain(sentence)} </span>`).join('');
  return `<div class="landing" lang="${language}">
          <div class="landing-header">${LOGO}</div>
          <div class="landing-main"><div class="landing-hero">
            <h1>${sentences}</h1>
            <p class="landing-lead">${plain(lead)}</p>
            <p class="ways"><a href="/sign-up">${plain(signUp)}</a><a href="/sign-in">${plain(signIn)}</a></p>
          </div></div>
        </div>`;
}

/** The page that names the files of a build. */
function withDownloads(html, bundle) {
  const isNew = (file) => !html.includes(file);
  const always = filesOf(ALWAYS, bundle).filter(isNew);
  const chosen = Object.entries(CHOSEN).map(([key, name]) => {
    const own = filesOf(name, bundle).filter((file) => isNew(file) && !always.includes(file));
    return `data-${key}="${own.map((file) => `/${file}`).join(' ')}"`;
  });
  const link = (file, attrs) => ({
    tag: 'link',
    attrs: { ...attrs, href: `/${file}`, crossorigin: true },
    injectTo: 'head',
  });
  const preload = (file) =>
    file.endsWith('.css')
      ? link(file, { rel: 'preload', as: 'style', fetchpriority: 'low' })
      : link(file, { rel: 'modulepreload', fetchpriority: 'low' });
  const fonts = Object.keys(bundle).filter((file) => FONT.test(file));
  return {
    html: html.replace('src="/before.js"', `src="/before.js" ${chosen.join(' ')}`),
    tags: [
      ...fonts.map((file) => link(file, { rel: 'preload', as: 'font', type: 'font/woff2' })),
      ...always.map(preload),
    ],
  };
}

/**
 * A Vite plugin: what a visitor is told first stands in the page itself, in every language, and public/before.js chooses.
 * And the page asks at once for all that the app begins with. The app is imported dynamically, after the words
 * of the chosen language, and its pages are found out later still; without this each download would begin only then. All
 * of it with a low priority, so that the frame in index.html is painted before.
 */
export function firstPaint() {
  return {
    name: 'spacedly:first-paint',
    transformIndexHtml: {
      order: 'post',
      handler(withoutText, { bundle }) {
        const html = withoutText.replace('<!--landing-->', Object.entries(TEXTS).map(landingFrame).join(''));
        // The development server has no bundle, and nothing to ask for before it is imported.
        return bundle === undefined ? html : withDownloads(html, bundle);
      },
    },
  };
}
